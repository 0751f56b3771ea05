package vn.phusa.pipelines;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.flow.CustomerFlow;
import vn.phusa.pipelines.flow.FlowTarget;
import vn.phusa.pipelines.flow.ProductFlow;
import vn.phusa.pipelines.flow.RecordFlow;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.step.CountedAs;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.StagedWave;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.transforms.mapping.MapStaged;
import vn.phusa.transforms.mapping.Mappings;

/**
 * Customers and products of the operational database and of staging into the dimensions, with their
 * history: by the flows that a stream applies too.
 */
public final class LoadDimensions {
  public static final String COMMAND = "load-dimensions";

  private LoadDimensions() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.CUSTOMERS, CustomerFlow::to),
        new TableLoad(COMMAND, PolledTable.PRODUCTS, ProductFlow::to));
  }

  /** One load for each kind of staged documents that is of customers or products. */
  public static List<StagedTable> staged(Mappings mappings) {
    return Stream.concat(
            mappings.customers().stream()
                .map(kind -> new StagedTable(COMMAND, kind, null, recipe(CustomerFlow::to))),
            mappings.products().stream()
                .map(kind -> new StagedTable(COMMAND, kind, null, recipe(ProductFlow::to))))
        .toList();
  }

  private static StagedTable.Recipe recipe(Function<FlowTarget, RecordFlow> flow) {
    return (pipeline, wave) -> load(pipeline, wave, flow.apply(wave.target()));
  }

  private static void load(Pipeline pipeline, StagedWave wave, RecordFlow flow) {
    PCollectionTuple mapped = wave.read(pipeline);
    wave.countDocuments(mapped.get(MapStaged.MAPPED), CountedAs.SKIPPED_IF_NONE);
    PCollectionTuple loaded = mapped.get(MapStaged.MAIN).apply("Load " + wave.kind().load(), flow);
    wave.keepDeadLetters(loaded.get(RecordFlow.REJECTED));
  }
}
