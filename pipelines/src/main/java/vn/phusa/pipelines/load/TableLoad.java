package vn.phusa.pipelines.load;

import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.flow.FlowTarget;
import vn.phusa.pipelines.flow.RecordFlow;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.ReadPolledTable;

/**
 * The load of one polled table.
 *
 * @param command the command that it is part of
 * @param table what is read
 * @param flow what becomes of its rows
 */
public record TableLoad(
    String command, PolledTable table, Function<FlowTarget, ? extends RecordFlow> flow) {

  /** The step's name in etl_step: "load-facts/oltp/orders". */
  public String step() {
    return command + "/" + PolledTable.SOURCE + "/" + table.kind();
  }

  /** Puts a wave's pipeline together: source, flow, dead letters. */
  public void build(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple loaded =
        read.get(ReadPolledTable.RECORDS).apply("Load " + table.kind(), flow.apply(wave.target()));
    wave.keepDeadLetters(
        List.of(read.get(ReadPolledTable.REJECTED), loaded.get(RecordFlow.REJECTED)));
  }
}
