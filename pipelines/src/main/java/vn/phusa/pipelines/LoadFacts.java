package vn.phusa.pipelines;

import static org.apache.beam.sdk.values.TypeDescriptors.integers;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.flow.OrderFlow;
import vn.phusa.pipelines.flow.RecordFlow;
import vn.phusa.pipelines.flow.TransactionFlow;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.step.CountedAs;
import vn.phusa.pipelines.io.warehouse.fact.FindRemovedLines;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.StagedWave;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.transforms.mapping.MapStaged;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.model.Sale;

/**
 * Orders and transactions of the operational database, and staged orders, into the fact tables: by
 * the flows that a stream applies too.
 */
public final class LoadFacts {
  public static final String COMMAND = "load-facts";

  /** What the step of the lines of staged orders is called. */
  private static final String LINES = "order_lines";

  private LoadFacts() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.ORDERS, OrderFlow::to),
        new TableLoad(COMMAND, PolledTable.TRANSACTIONS, TransactionFlow::to));
  }

  /** One load for each kind of staged documents that is of orders. */
  public static List<StagedTable> staged(Mappings mappings) {
    return mappings.orders().stream()
        .map(kind -> new StagedTable(COMMAND, kind, LINES, LoadFacts::loadOrders))
        .toList();
  }

  private static void loadOrders(Pipeline pipeline, StagedWave wave) {
    PCollectionTuple mapped = wave.read(pipeline);
    PCollection<Sale> removed =
        mapped
            .get(MapStaged.ORDERS)
            .apply("Find removed lines", FindRemovedLines.in(wave.warehouse()));
    countLines(wave, mapped.get(MapStaged.MAPPED), removed);
    PCollectionTuple loaded =
        mapped
            .get(MapStaged.MAIN)
            .apply("Load orders", OrderFlow.to(wave.target()).withRemovedLines(removed));
    wave.keepDeadLetters(loaded.get(RecordFlow.REJECTED));
  }

  /**
   * A document becomes several lines, which count as read with those that its order lost.
   *
   * @param mapped the number of lines of each document
   */
  private static void countLines(
      StagedWave wave, PCollection<Integer> mapped, PCollection<Sale> removed) {
    wave.countDocuments(mapped, CountedAs.LOADED_OR_SKIPPED);
    wave.countRows(
        PCollectionList.of(mapped)
            .and(removed.apply("Count one each", MapElements.into(integers()).via(line -> 1)))
            .apply("Merge counts of lines", Flatten.pCollections()),
        CountedAs.READ);
  }
}
