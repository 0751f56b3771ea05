package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;
import vn.phusa.transforms.scd.StockChanges;

class InventoryCleanserTest {
  private static final List<String> COLUMNS =
      List.of(
          "event_id",
          "product_id",
          "warehouse",
          "quantity_change",
          "stock_after",
          "reason",
          "event_timestamp");
  private static final long TAKEN = 1_740_795_400_000_000L;
  private static final long HAPPENED = 1_740_795_299_998_000L;

  private final InventoryCleanser cleanser = new InventoryCleanser(Rules.defaults());

  private InventoryMovement cleansed(@Nullable String... values) throws RejectedException {
    return cleanser.cleanse(
        SourceRecord.create(
            "inventory_events",
            "inventory",
            "inventory_events/0/1",
            Operation.UPSERT,
            TAKEN,
            null,
            0,
            COLUMNS,
            Arrays.asList(values)));
  }

  private void assertRejected(Reason reason, @Nullable String... values) {
    assertThatThrownBy(() -> cleansed(values))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void aMovementHappenedAtItsTimeAndIsOrderedByWhenTheLogTookIt() throws Exception {
    InventoryMovement movement =
        cleansed("E", "P", "Kho Hà Nội", "-3", "17", "sale", "2025-03-01T02:14:59.998Z");
    assertThat(movement.eventMicros()).isEqualTo(HAPPENED);
    assertThat(movement.getStamp().getOrderedMicros()).isEqualTo(TAKEN);
    assertThat(movement.getQuantityChange()).isEqualTo(-3);
    assertThat(movement.getStockAfter()).isEqualTo(17);
    assertThat(movement.getWarehouse()).isEqualTo("Kho Hà Nội");
    assertThat(movement.getReason()).isEqualTo("sale");
  }

  @Test
  void whatCannotBeUsedIsRejected() {
    String time = "2025-03-01T02:14:59.998Z";
    assertRejected(Reason.MISSING_KEY, "", "P", null, "1", null, null, time);
    assertRejected(Reason.NOT_A_NUMBER, "E", "P", null, "many", null, null, time);
    assertRejected(Reason.OUT_OF_RANGE, "E", "P", null, "1", "9999999999", null, time);
    assertRejected(Reason.OUT_OF_CALENDAR, "E", "P", null, "1", "1", null, "3000-01-01T00:00:00Z");
    assertRejected(Reason.OUT_OF_CALENDAR, "E", "P", null, "1", "1", null, "0001-01-01T00:00:00Z");
    assertRejected(Reason.NUL_CHARACTER, "E", "P", "a\0b", "1", "1", null, time);
  }

  @Test
  void aMovementChangesNothingOfTheProductButItsStock() throws Exception {
    String time = "2025-03-01T02:14:59.998Z";
    Pipeline pipeline = Pipeline.create();
    PCollection<DimensionChange> changes =
        pipeline
            .apply(
                Create.of(
                    cleansed("E1", "P", null, "1", "17", null, time),
                    cleansed("E2", null, null, "1", "17", null, time),
                    cleansed("E3", "P", null, "1", null, null, time)))
            .apply(StockChanges.of());
    PAssert.that(changes)
        .satisfies(
            all -> {
              assertThat(all).hasSize(1);
              DimensionChange only = all.iterator().next();
              Change change = only.getChange();
              int stock = DimensionSpec.PRODUCT.indexOf("stock");
              assertThat(only.getKey()).isEqualTo("P");
              assertThat(change.value(stock)).isEqualTo("17");
              assertThat(change.getStamp().getModifiedMicros()).isEqualTo(HAPPENED);
              assertThat(change.getStamp().getOrderedMicros()).isEqualTo(HAPPENED);
              for (int i = 0; i < change.getValues().size(); i++) {
                assertThat(change.carries(i)).isEqualTo(i == stock);
              }
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
