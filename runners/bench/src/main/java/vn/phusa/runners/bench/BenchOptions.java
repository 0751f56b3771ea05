package vn.phusa.runners.bench;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import vn.phusa.options.LoadOptions;

/** What is measured. */
public interface BenchOptions extends LoadOptions {

  @Description("Order lines in the operational database.")
  @Default.Long(1_000_000)
  long getSales();

  void setSales(long rows);

  @Description("Customers in the operational database; products are a tenth as many.")
  @Default.Long(200_000)
  long getCustomers();

  void setCustomers(long rows);

  @Description("Whether the customers are loaded once before, so that the JVM has compiled itself.")
  @Default.Boolean(false)
  boolean isWarmUp();

  void setWarmUp(boolean warmUp);

  @Description("Whether only the first load of facts runs (to measure memory).")
  @Default.Boolean(false)
  boolean isFactsOnly();

  void setFactsOnly(boolean factsOnly);
}
