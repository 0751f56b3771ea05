package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Where the shop's operational database is. {@link vn.phusa.options.address.DatabaseAddress#oltp}
 * reads and checks them.
 */
public interface OltpOptions extends PipelineOptions {

  @Description(
      "The shop's operational database, jdbc:postgresql://host:port/database; it is only read.")
  String getOltpUrl();

  void setOltpUrl(String url);

  @Description("The user who reads the operational database.")
  String getOltpUser();

  void setOltpUser(String user);

  @Description("Their password, as a reference: ${env:NAME}, ${file:/path} or ${file:/path:key}.")
  String getOltpPassword();

  void setOltpPassword(String reference);

  @Description(
      "The zone of times without one in the operational database: UTC, +07:00 or a name such as"
          + " Asia/Tokyo. Without it they are Vietnamese (+07:00), and a load stops where the"
          + " database speaks against that.")
  String getOltpTimeZone();

  void setOltpTimeZone(String zone);
}
