package vn.phusa.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.pipelines.io.oltp.PolledTable;
import vn.phusa.pipelines.io.oltp.ReadPolledTable;
import vn.phusa.pipelines.io.step.RowCount;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.pipelines.load.StagedTable;
import vn.phusa.pipelines.load.StagedWave;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.transforms.cleansing.CleanseCustomers;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.mapping.MapStaged;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.CustomerChanges;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/**
 * Customers and products of the operational database and of staging into the dimensions, with their
 * history.
 */
public final class LoadDimensions {
  public static final String COMMAND = "load-dimensions";

  private LoadDimensions() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.CUSTOMERS, LoadDimensions::customers),
        new TableLoad(COMMAND, PolledTable.PRODUCTS, LoadDimensions::products));
  }

  /** One load for each kind of staged documents that is of customers or products. */
  public static List<StagedTable> staged(Mappings mappings) {
    return Stream.concat(
            mappings.customers().stream()
                .map(kind -> new StagedTable(COMMAND, kind, null, LoadDimensions::stagedCustomers)),
            mappings.products().stream()
                .map(kind -> new StagedTable(COMMAND, kind, null, LoadDimensions::stagedProducts)))
        .toList();
  }

  private static void customers(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    List<PCollection<DeadLetter>> refused =
        writeCustomers(
            read.get(ReadPolledTable.RECORDS), wave.rules(), wave.warehouse(), wave.step());
    refused.add(read.get(ReadPolledTable.REJECTED));
    wave.keepDeadLetters(refused);
  }

  private static void products(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    List<PCollection<DeadLetter>> refused =
        writeProducts(
            read.get(ReadPolledTable.RECORDS), wave.rules(), wave.warehouse(), wave.step());
    refused.add(read.get(ReadPolledTable.REJECTED));
    wave.keepDeadLetters(refused);
  }

  private static void stagedCustomers(Pipeline pipeline, StagedWave wave) {
    PCollectionTuple mapped = wave.read(pipeline);
    wave.countDocuments(mapped.get(MapStaged.MAPPED), RowCount.SKIPPED_IF_NONE);
    wave.keepDeadLetters(
        writeCustomers(mapped.get(MapStaged.MAIN), wave.rules(), wave.warehouse(), wave.rows()));
  }

  private static void stagedProducts(Pipeline pipeline, StagedWave wave) {
    PCollectionTuple mapped = wave.read(pipeline);
    wave.countDocuments(mapped.get(MapStaged.MAPPED), RowCount.SKIPPED_IF_NONE);
    wave.keepDeadLetters(
        writeProducts(mapped.get(MapStaged.MAIN), wave.rules(), wave.warehouse(), wave.rows()));
  }

  /** Returns what was refused on the way. */
  private static List<PCollection<DeadLetter>> writeCustomers(
      PCollection<SourceRecord> records, Rules rules, DatabaseAddress warehouse, StepId step) {
    PCollectionTuple cleansed = records.apply("Cleanse customers", CleanseCustomers.with(rules));
    PCollectionTuple written =
        cleansed
            .get(CleanseCustomers.MAIN)
            .apply("Customer changes", CustomerChanges.of())
            .apply(
                "Write dim_customer",
                WriteRows.dimension(warehouse, DimensionSpec.CUSTOMER).countedFor(step));
    return new ArrayList<>(
        List.of(cleansed.get(CleanseCustomers.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }

  /** Returns what was refused on the way. */
  private static List<PCollection<DeadLetter>> writeProducts(
      PCollection<SourceRecord> records, Rules rules, DatabaseAddress warehouse, StepId step) {
    PCollectionTuple cleansed = records.apply("Cleanse products", CleanseProducts.with(rules));
    PCollectionTuple written =
        cleansed
            .get(CleanseProducts.MAIN)
            .apply("Product changes", ProductChanges.of())
            .apply(
                "Write dim_product",
                WriteRows.dimension(warehouse, DimensionSpec.PRODUCT).countedFor(step));
    return new ArrayList<>(
        List.of(cleansed.get(CleanseProducts.DEAD_LETTERS), written.get(WriteRows.REFUSED)));
  }
}
