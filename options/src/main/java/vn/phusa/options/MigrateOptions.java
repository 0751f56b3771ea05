package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How the warehouse's schema is migrated. */
public interface MigrateOptions extends PipelineOptions {

  @Description(
      "Prints the SQL of the roles phusa_owner, phusa_loader and phusa_reader for an administrator"
          + " to run in the warehouse's database, and does nothing else.")
  @Default.Boolean(false)
  boolean isRoles();

  void setRoles(boolean roles);
}
