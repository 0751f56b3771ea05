package vn.phusa.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The demonstration, and the size of its sample shop. The same seed gives the same shop. */
public interface SampleOptions extends PipelineOptions {

  @Description("How many customers the sample shop has.")
  @Default.Integer(2_000)
  int getSampleCustomers();

  void setSampleCustomers(int customers);

  @Description("How many order lines the sample shop has.")
  @Default.Integer(20_000)
  int getSampleOrders();

  void setSampleOrders(int orders);

  @Description(
      "How many events the sample shop sends through Kafka, 250 a second; 0: none, and neither Kafka"
          + " nor Redis is started.")
  @Default.Integer(3_000)
  int getSampleEvents();

  void setSampleEvents(int events);

  @Description("The number that the sample shop is drawn from.")
  @Default.Long(2025)
  long getSampleSeed();

  void setSampleSeed(long seed);

  @Description("Leaves the services up when it is done, until Ctrl-C.")
  @Default.Boolean(false)
  boolean isKeepServices();

  void setKeepServices(boolean keep);
}
