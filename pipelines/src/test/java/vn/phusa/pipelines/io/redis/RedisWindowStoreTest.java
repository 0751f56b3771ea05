package vn.phusa.pipelines.io.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisWindowStoreTest {
  private static final String IN_SCRIPT =
      "ERR Error running script (call to f_b21f0e47d4a2e0a1b1a8e9d3b2f3c4d5e6f70819):"
          + " @user_script:16: @user_script: 16: -";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOADING Redis is loading the dataset in memory",
        "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
        "READONLY You can't write against a read only replica.",
        "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
        "NOSCRIPT No matching script. Please use EVAL.",
        "OOM command not allowed when used memory > 'maxmemory'.",
        "MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist"
            + " on disk.",
        "NOREPLICAS Not enough good replicas to write.",
      })
  void whatPassesIsTriedAgainWhereverItIsMet(String message) {
    assertThat(RedisWindowStore.isRetryable(new JedisDataException(message))).isTrue();
    assertThat(RedisWindowStore.isRetryable(new JedisDataException(IN_SCRIPT + message + " ")))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR unknown command",
        "ERR the key READONLY holds no hash",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        IN_SCRIPT + "WRONGTYPE Operation against a key holding the wrong kind of value",
        IN_SCRIPT + "ERR the key of - READONLY holds no hash",
      })
  void whatDoesNotPassFailsAtOnce(String message) {
    assertThat(RedisWindowStore.isRetryable(new JedisDataException(message))).isFalse();
  }

  @Test
  void aRedisThatIsAwayMayComeBackAndOneThatRefusesThePasswordDoesNot() {
    assertThat(RedisWindowStore.isRetryable(new JedisConnectionException("refused"))).isTrue();
    assertThat(RedisWindowStore.isRetryable(new JedisAccessControlException("WRONGPASS no")))
        .isFalse();
  }
}
