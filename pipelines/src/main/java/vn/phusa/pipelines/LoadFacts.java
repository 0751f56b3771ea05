package vn.phusa.pipelines;

import static org.apache.beam.sdk.values.TypeDescriptors.integers;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.ReadPolledTable;
import vn.phusa.pipelines.io.step.RowCount;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.io.warehouse.fact.FindRemovedLines;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.StagedWave;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.enrichment.EnrichSales;
import vn.phusa.transforms.enrichment.OrdersOfAuthority;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.mapping.MapStaged;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.model.Sale;
import vn.phusa.transforms.rules.Rules;

/** Orders and transactions of the operational database, and staged orders, into the fact tables. */
public final class LoadFacts {
  public static final String COMMAND = "load-facts";

  /** What the step of the lines of staged orders is called. */
  private static final String LINES = "order_lines";

  private LoadFacts() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.ORDERS, LoadFacts::orders),
        new TableLoad(COMMAND, PolledTable.TRANSACTIONS, LoadFacts::transactions));
  }

  /** One load for each kind of staged documents that is of orders. */
  public static List<StagedTable> staged(Mappings mappings) {
    return mappings.orders().stream()
        .map(kind -> new StagedTable(COMMAND, kind, LINES, LoadFacts::stagedOrders))
        .toList();
  }

  private static void orders(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple cleansed =
        read.get(ReadPolledTable.RECORDS).apply("Cleanse sales", CleanseSales.with(wave.rules()));
    List<PCollection<DeadLetter>> refused =
        writeSales(cleansed.get(CleanseSales.MAIN), wave.rules(), wave.warehouse(), wave.step());
    refused.add(read.get(ReadPolledTable.REJECTED));
    refused.add(cleansed.get(CleanseSales.DEAD_LETTERS));
    wave.keepDeadLetters(refused);
  }

  private static void stagedOrders(Pipeline pipeline, StagedWave wave) {
    PCollectionTuple mapped = wave.read(pipeline);
    PCollection<Sale> gone =
        mapped.get(MapStaged.ORDERS).apply("Gone lines", FindRemovedLines.in(wave.warehouse()));
    wave.countDocuments(mapped.get(MapStaged.MAPPED), RowCount.LOADED_OR_SKIPPED);
    wave.countRows(
        PCollectionList.of(mapped.get(MapStaged.MAPPED))
            .and(gone.apply("One each", MapElements.into(integers()).via(line -> 1)))
            .apply("Lines", Flatten.pCollections()),
        RowCount.READ);
    PCollectionTuple cleansed =
        mapped.get(MapStaged.MAIN).apply("Cleanse sales", CleanseSales.with(wave.rules()));
    PCollection<Sale> sales =
        PCollectionList.of(cleansed.get(CleanseSales.MAIN))
            .and(gone)
            .apply("With those that are gone", Flatten.pCollections());
    List<PCollection<DeadLetter>> refused =
        writeSales(sales, wave.rules(), wave.warehouse(), wave.rows());
    refused.add(cleansed.get(CleanseSales.DEAD_LETTERS));
    wave.keepDeadLetters(refused);
  }

  /** Returns what was refused on the way. */
  private static List<PCollection<DeadLetter>> writeSales(
      PCollection<Sale> sales, Rules rules, DatabaseAddress warehouse, StepId step) {
    PCollectionTuple ofAuthority = sales.apply("Orders of authority", OrdersOfAuthority.by(rules));
    ofAuthority
        .get(OrdersOfAuthority.SKIPPED)
        .apply(
            "Count orders of others",
            WriteRows.counts(warehouse, RowCount.SKIPPED).countedFor(step));
    PCollectionTuple enriched =
        ofAuthority.get(OrdersOfAuthority.MAIN).apply("Enrich sales", EnrichSales.with(rules));
    PCollectionTuple written =
        enriched
            .get(EnrichSales.MAIN)
            .apply("Write fact_sales", WriteRows.sales(warehouse).countedFor(step));
    return new ArrayList<>(
        List.of(enriched.get(EnrichSales.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }

  private static void transactions(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple cleansed =
        read.get(ReadPolledTable.RECORDS)
            .apply("Cleanse transactions", CleanseTransactions.with(wave.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseTransactions.MAIN)
            .apply(
                "Write fact_transactions",
                WriteRows.transactions(wave.warehouse()).countedFor(wave.step()));
    wave.keepDeadLetters(
        List.of(
            read.get(ReadPolledTable.REJECTED),
            cleansed.get(CleanseTransactions.DEAD_LETTERS),
            written.get(WriteRows.REFUSED)));
  }
}
