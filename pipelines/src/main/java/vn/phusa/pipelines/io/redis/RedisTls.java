package vn.phusa.pipelines.io.redis;

import java.net.URI;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.util.JedisURIHelper;
import vn.phusa.options.address.LoopbackHost;
import vn.phusa.options.address.RedisAddress;
import vn.phusa.pipelines.io.tls.Trust;

/** How Redis is spoken to: by rediss:// with its certificate and host name verified. */
public final class RedisTls {
  private RedisTls() {}

  /**
   * Whether a login would go in plain text.
   *
   * @throws vn.phusa.options.InvalidOptionException if so, beyond loopback and unless it is allowed
   */
  public static void check(RedisAddress address) {
    URI uri = URI.create(address.uri());
    boolean hasLogin = address.user() != null || address.password() != null;
    if (hasLogin && !JedisURIHelper.isRedisSSLScheme(uri) && !LoopbackHost.is(uri.getHost())) {
      address
          .tls()
          .refusePlainText(
              "redis",
              "redisUri",
              "by redis:// the login goes beyond loopback in plain text; give rediss://");
    }
  }

  /** Lets the client verify whom it speaks to. The client alone verifies no name. */
  static void apply(RedisAddress address, DefaultJedisClientConfig.Builder config) {
    if (!JedisURIHelper.isRedisSSLScheme(URI.create(address.uri()))) {
      return;
    }
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    config
        .ssl(true)
        .sslSocketFactory(Trust.context(address.tls().authorities()).getSocketFactory())
        .sslParameters(parameters);
  }
}
