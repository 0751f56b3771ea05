package vn.phusa.pipelines;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionTuple;
import vn.phusa.pipelines.io.postgres.PolledTable;
import vn.phusa.pipelines.io.postgres.ReadPolledTable;
import vn.phusa.pipelines.io.postgres.WriteRows;
import vn.phusa.pipelines.load.TableLoad;
import vn.phusa.pipelines.load.Wave;
import vn.phusa.transforms.cleansing.CleanseCustomers;
import vn.phusa.transforms.cleansing.CleanseProducts;
import vn.phusa.transforms.scd.CustomerChanges;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.ProductChanges;

/** Customers and products of the operational database into the dimensions, with their history. */
public final class LoadDimensions {
  public static final String COMMAND = "load-dimensions";

  private LoadDimensions() {}

  /** One load for each table, in their order. */
  public static List<TableLoad> tables() {
    return List.of(
        new TableLoad(COMMAND, PolledTable.CUSTOMERS, LoadDimensions::customers),
        new TableLoad(COMMAND, PolledTable.PRODUCTS, LoadDimensions::products));
  }

  private static void customers(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple cleansed =
        read.get(ReadPolledTable.RECORDS)
            .apply("Cleanse customers", CleanseCustomers.with(wave.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseCustomers.MAIN)
            .apply("Customer changes", CustomerChanges.of())
            .apply(
                "Write dim_customer",
                WriteRows.dimension(wave.warehouse(), DimensionSpec.CUSTOMER)
                    .countedFor(wave.step()));
    wave.keepDeadLetters(
        List.of(
            read.get(ReadPolledTable.REJECTED),
            cleansed.get(CleanseCustomers.DEAD_LETTERS),
            written.get(WriteRows.REFUSED)));
  }

  private static void products(Pipeline pipeline, Wave wave) {
    PCollectionTuple read = wave.read(pipeline);
    PCollectionTuple cleansed =
        read.get(ReadPolledTable.RECORDS)
            .apply("Cleanse products", CleanseProducts.with(wave.rules()));
    PCollectionTuple written =
        cleansed
            .get(CleanseProducts.MAIN)
            .apply("Product changes", ProductChanges.of())
            .apply(
                "Write dim_product",
                WriteRows.dimension(wave.warehouse(), DimensionSpec.PRODUCT)
                    .countedFor(wave.step()));
    wave.keepDeadLetters(
        List.of(
            read.get(ReadPolledTable.REJECTED),
            cleansed.get(CleanseProducts.DEAD_LETTERS),
            written.get(WriteRows.REFUSED)));
  }
}
