package vn.phusa.options.address;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.RedisOptions;

/**
 * A Redis and who enters it.
 *
 * @param uri redis:// or rediss:// without user and password
 * @param user null: Redis' default user
 * @param password null: none
 * @param tls how it is spoken to
 */
public record RedisAddress(String uri, String user, SecretReference password, ServiceTls tls)
    implements Serializable {

  private static final Pattern URI = Pattern.compile("rediss?://[^/@\\s]+(/\\d+)?");

  /** Refuses what is no Redis URI, and a user or password in it. */
  public RedisAddress {
    if (!URI.matcher(uri).matches()) {
      throw new InvalidOptionException(
          "redisUri", "redis(s)://host:port/database without user and password expected");
    }
  }

  /** As it is spoken to where no option says otherwise. */
  public RedisAddress(String uri, String user, SecretReference password) {
    this(uri, user, password, ServiceTls.DEFAULT);
  }

  /**
   * The Redis that the options name; empty if they name none.
   *
   * @throws InvalidOptionException if one of the options is malformed
   */
  public static Optional<RedisAddress> of(PipelineOptions options) {
    RedisOptions o = options.as(RedisOptions.class);
    String password = o.getRedisPassword();
    SecretReference secret =
        password == null ? null : SecretReference.parse("redisPassword", password);
    ServiceTls tls = ServiceTls.of(options, "redis");
    return Optional.ofNullable(o.getRedisUri())
        .map(uri -> new RedisAddress(uri, o.getRedisUser(), secret, tls));
  }
}
