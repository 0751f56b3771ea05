package vn.phusa.options;

import org.apache.beam.sdk.options.Description;

/**
 * Which dead letters are sent through again. {@link ReplaySettings#of} reads and checks them. An
 * event that was too late is in time when the lateness that is allowed is longer now.
 */
public interface ReplayOptions
    extends PhusaOptions, WarehouseOptions, KafkaOptions, RedisOptions, WindowOptions {

  @Description("Only dead letters of this step, e.g. cleanse-sales; see ./phusa status.")
  String getStage();

  void setStage(String stage);

  @Description("Only dead letters with this reason, e.g. unknown_schema.")
  String getReason();

  void setReason(String reason);

  @Description(
      "Only dead letters last met at or after this instant (2025-03-01T00:00:00Z) or Vietnamese day"
          + " (2025-03-01).")
  String getFrom();

  void setFrom(String from);

  @Description("Only dead letters last met before this instant or Vietnamese day.")
  String getTo();

  void setTo(String to);
}
