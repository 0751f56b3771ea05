package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** How long the warehouse keeps what only its upkeep needs. */
public interface HousekeepingOptions extends PipelineOptions {

  @Description("How long runs and dead letters are kept.")
  @Default.String("P400D")
  String getRetention();

  void setRetention(String duration);

  @Description(
      "Forgets changes of customers and products that are older than this (P1095D) and make no"
          + " difference; a change from before those that are kept becomes a dead letter. By default"
          + " all are remembered, and versions do not depend on the order of arrival.")
  String getHistoryHorizon();

  void setHistoryHorizon(String duration);
}
