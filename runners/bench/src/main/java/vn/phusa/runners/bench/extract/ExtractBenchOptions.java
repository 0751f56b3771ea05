package vn.phusa.runners.bench.extract;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import vn.phusa.options.ExtractOptions;

/** What is measured. */
public interface ExtractBenchOptions extends ExtractOptions {

  @Description(
      "Products, and as many orders, of the platform that the plain loop reads too; at most 10000,"
          + " where Lazada's offsets end.")
  @Default.Integer(10_000)
  int getRecords();

  void setRecords(int records);

  @Description("How often each is measured, in turn; one more, before, warms the JVM up.")
  @Default.Integer(5)
  int getRounds();

  void setRounds(int rounds);

  @Description("Milliseconds that every answer takes at least where platforms are read together.")
  @Default.Integer(50)
  int getLatencyMillis();

  void setLatencyMillis(int millis);

  @Description("Products, and as many orders, of each of the platforms there; 0: not measured.")
  @Default.Integer(500)
  int getTogetherRecords();

  void setTogetherRecords(int records);
}
