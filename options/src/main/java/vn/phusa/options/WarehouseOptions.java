package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Where the warehouse is. {@link vn.phusa.options.address.DatabaseAddress#warehouse} reads and
 * checks them.
 */
public interface WarehouseOptions extends PipelineOptions {

  @Description(
      "The warehouse, jdbc:postgresql://host:port/database; TLS and other driver settings may"
          + " follow, a password may not.")
  String getWarehouseUrl();

  void setWarehouseUrl(String url);

  @Description("The user who writes the warehouse.")
  String getWarehouseUser();

  void setWarehouseUser(String user);

  @Description("Their password, as a reference: ${env:NAME}, ${file:/path} or ${file:/path:key}.")
  String getWarehousePassword();

  void setWarehousePassword(String reference);

  @Description(
      "The schema that all the warehouse's tables, views and functions are in; migrate creates it"
          + " where it is missing. Two schemas of one database are two warehouses.")
  @Default.String("public")
  String getWarehouseSchema();

  void setWarehouseSchema(String schema);
}
