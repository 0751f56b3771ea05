package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Where Redis is. {@link vn.phusa.options.address.RedisAddress#of} reads and checks them. */
public interface RedisOptions extends PipelineOptions {

  @Description(
      "The Redis that holds the five-minute windows, redis://host:port/database, or rediss:// for TLS.")
  String getRedisUri();

  void setRedisUri(String uri);

  @Description("The user of Redis; null for its default user.")
  String getRedisUser();

  void setRedisUser(String user);

  @Description("Their password, as a reference: ${env:NAME}, ${file:/path} or ${file:/path:key}.")
  String getRedisPassword();

  void setRedisPassword(String reference);
}
