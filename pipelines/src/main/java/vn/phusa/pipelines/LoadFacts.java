package vn.phusa.pipelines;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.postgres.PolledTable;
import vn.phusa.pipelines.io.postgres.ReadPolledTable;
import vn.phusa.pipelines.io.postgres.WriteRows;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.transforms.cleansing.CleanseSales;
import vn.phusa.transforms.cleansing.CleanseTransactions;
import vn.phusa.transforms.enrichment.EnrichSales;

/** Orders and transactions of the operational database into the fact tables. */
public final class LoadFacts {
  public static final String COMMAND = "load-facts";

  private LoadFacts() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.ORDERS, LoadFacts::orders),
        new TableLoad(COMMAND, PolledTable.TRANSACTIONS, LoadFacts::transactions));
  }

  private static void orders(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple cleansed =
        read.get(ReadPolledTable.RECORDS).apply("Cleanse sales", CleanseSales.with(wave.rules()));
    PCollectionTuple enriched =
        cleansed.get(CleanseSales.MAIN).apply("Enrich sales", EnrichSales.with(wave.rules()));
    PCollectionTuple written =
        enriched
            .get(EnrichSales.MAIN)
            .apply("Write fact_sales", WriteRows.sales(wave.warehouse()).countedFor(wave.step()));
    wave.keepDeadLetters(
        List.of(
            read.get(ReadPolledTable.REJECTED),
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
