package vn.phusa.runners.bench.stream;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import vn.phusa.options.PhusaOptions;

/** What is measured. */
public interface StreamBenchOptions extends PhusaOptions {

  @Description("Sales events that lie in the topic before anybody reads it.")
  @Default.Long(500_000)
  long getEvents();

  void setEvents(long events);

  @Description("How often each reads all of them, in turn.")
  @Default.Integer(2)
  int getRuns();

  void setRuns(int runs);

  @Description("Which are measured: flink (by hand), phusa.")
  @Default.String("flink,phusa")
  String getContenders();

  void setContenders(String names);

  @Description("The parallelism of each.")
  @Default.Integer(2)
  int getCores();

  void setCores(int cores);

  @Description("Milliseconds between two checkpoints.")
  @Default.Long(10_000)
  long getCheckpointMillis();

  void setCheckpointMillis(long millis);

  @Description("For how long events come steadily while latency is measured; 0: not at all.")
  @Default.Long(120)
  long getSteadySeconds();

  void setSteadySeconds(long seconds);

  @Description(
      "Events a second then; by default half of what phusa, or else the last one, sustained.")
  Double getRate();

  void setRate(Double perSecond);

  @Description("For how long they come to phusa, while its memory is watched too; 0: as to others.")
  @Default.Long(600)
  long getMemorySeconds();

  void setMemorySeconds(long seconds);

  @Description("Words for the JVM of each, -Xmx512m among them.")
  @Default.String("-Xmx1g")
  String getJvm();

  void setJvm(String arguments);

  @Description("Further words for phusa stream, parted by spaces.")
  @Default.String("")
  String getStreamArguments();

  void setStreamArguments(String arguments);
}
