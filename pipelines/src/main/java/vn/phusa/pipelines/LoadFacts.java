package vn.phusa.pipelines;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.PolledTable;
import vn.phusa.pipelines.io.postgres.ReadPolledTable;
import vn.phusa.pipelines.io.postgres.RowCount;
import vn.phusa.pipelines.io.postgres.StepContext;
import vn.phusa.pipelines.io.postgres.WriteRows;
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
import vn.phusa.transforms.model.SourceRecord;
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
    List<PCollection<DeadLetter>> refused =
        writeSales(read.get(ReadPolledTable.RECORDS), wave.rules(), wave.warehouse(), wave.step());
    refused.add(read.get(ReadPolledTable.REJECTED));
    wave.keepDeadLetters(refused);
  }

  private static void stagedOrders(Pipeline pipeline, StagedWave wave) {
    PCollectionTuple mapped = wave.read(pipeline);
    wave.countDocuments(mapped.get(MapStaged.MAPPED), RowCount.LOADED_OR_SKIPPED);
    wave.countRows(mapped.get(MapStaged.MAPPED), RowCount.READ);
    wave.keepDeadLetters(
        writeSales(mapped.get(MapStaged.MAIN), wave.rules(), wave.warehouse(), wave.rows()));
  }

  /** Returns what was refused on the way. */
  private static List<PCollection<DeadLetter>> writeSales(
      PCollection<SourceRecord> records, Rules rules, DatabaseAddress warehouse, StepContext step) {
    PCollectionTuple cleansed = records.apply("Cleanse sales", CleanseSales.with(rules));
    PCollectionTuple ofAuthority =
        cleansed.get(CleanseSales.MAIN).apply("Orders of authority", OrdersOfAuthority.by(rules));
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
        List.of(
            cleansed.get(CleanseSales.DEAD_LETTERS),
            enriched.get(EnrichSales.DEAD_LETTERS),
            written.get(WriteRows.REFUSED)));
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
