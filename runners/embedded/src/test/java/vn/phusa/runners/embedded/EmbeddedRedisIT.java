package vn.phusa.runners.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class EmbeddedRedisIT {
  @TempDir private Path home;

  @Test
  void startsAgainWithTheDataItHad() throws Exception {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedRedis redis = services.redis();
      try (Jedis jedis = new Jedis(redis.uri())) {
        jedis.hset("sales:5m", "order_count", "7");
      }
      try (Jedis stranger = new Jedis(redis.address())) {
        assertThatThrownBy(stranger::ping)
            .isInstanceOf(JedisDataException.class)
            .hasMessageStartingWith("NOAUTH");
      }
      assertThat(ListeningSockets.addresses(redis.port()))
          .isNotEmpty()
          .allMatch(ListeningSockets::isLoopback);
    }
    try (EmbeddedServices services = EmbeddedServices.at(home);
        Jedis jedis = new Jedis(services.redis().uri())) {
      assertThat(jedis.hget("sales:5m", "order_count")).isEqualTo("7");
    }
  }

  @Test
  void recoversFromACrash() {
    try (EmbeddedServices services = EmbeddedServices.at(home)) {
      EmbeddedRedis redis = services.redis();
      try (Jedis jedis = new Jedis(redis.uri())) {
        jedis.set("a", "1");
        redis.kill();
        assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
      }
      redis.restart();
      try (Jedis jedis = new Jedis(redis.uri())) {
        assertThat(jedis.get("a")).isEqualTo("1");
      }
    }
  }
}
