package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Where the records of marketplaces and feeds are staged. {@link
 * vn.phusa.options.address.MongoAddress#staging} reads and checks them.
 */
public interface StagingOptions extends PipelineOptions {

  @Description(
      "The MongoDB that holds the records of marketplaces and feeds as they were sent,"
          + " mongodb://host:port; their database is ecommerce_staging.")
  String getStagingUri();

  void setStagingUri(String uri);

  @Description("The user of the staging database.")
  String getStagingUser();

  void setStagingUser(String user);

  @Description("Their password, as a reference: ${env:NAME}, ${file:/path} or ${file:/path:key}.")
  String getStagingPassword();

  void setStagingPassword(String reference);
}
