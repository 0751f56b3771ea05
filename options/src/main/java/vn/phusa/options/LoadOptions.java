package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** How the sources are loaded into the warehouse. {@link LoadSettings#of} reads and checks them. */
public interface LoadOptions
    extends PhusaOptions,
        WarehouseOptions,
        OltpOptions,
        StagingOptions,
        MarketplaceOptions,
        HousekeepingOptions {

  /**
   * What a runner that holds a whole wave in memory can take; one that lets rows flow takes more.
   */
  long WAVE_ROWS_IN_MEMORY = 200_000;

  @Description("Reads the sources from their beginning, whatever the watermarks say.")
  @Default.Boolean(false)
  boolean isFromBeginning();

  void setFromBeginning(boolean fromBeginning);

  @Description(
      "Loads the rows modified at or after this instant (2025-03-01T00:00:00Z) or Vietnamese day"
          + " (2025-03-01); watermarks stay where they are.")
  String getFrom();

  void setFrom(String from);

  @Description("Loads the rows modified before this instant or Vietnamese day; as --from.")
  String getTo();

  void setTo(String to);

  @Description(
      "The most rows of one wave; a load is made of waves, so that memory stays bounded. 0: all at"
          + " once. Other runners than the DirectRunner take larger waves by default.")
  @Default.Long(WAVE_ROWS_IN_MEMORY)
  long getWaveRows();

  void setWaveRows(long rows);

  @Description("How far behind its watermark a table is read again (repeats change nothing).")
  @Default.String("PT1M")
  String getOverlap();

  void setOverlap(String duration);

  @Description(
      "How far behind the present a table is read; longer than the source's longest transaction"
          + " where the role may not see other sessions.")
  @Default.String("PT0S")
  String getSafetyLag();

  void setSafetyLag(String duration);
}
