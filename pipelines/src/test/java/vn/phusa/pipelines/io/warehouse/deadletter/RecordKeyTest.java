package vn.phusa.pipelines.io.warehouse.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;

class RecordKeyTest {
  private static final long AT = 1_735_689_600_000_000L;

  @Test
  void aRejectedRowTellsItsKeyAndItsTime() {
    Payload row = row("order_id", "O1", "last_modified", "2025-01-01 07:00:00+07");

    assertThat(of(Stage.CLEANSE_SALES, "oltp", row)).contains(key("fact_sales", "O1", AT));
    assertThat(of(Stage.read("orders"), "oltp", row)).contains(key("fact_sales", "O1", AT));
    assertThat(of(Stage.CLEANSE_SALES, "sales_events", row))
        .contains(key("fact_sales_realtime", "O1", AT));
    assertThat(of(Stage.write("dim_customer"), "oltp", row("customer_id", "C\0", "city", "Huế")))
        .isEmpty();
    assertThat(of(Stage.CLEANSE_CUSTOMERS, "oltp", row("customer_id", "C1", "city", "Hu\0")))
        .contains(key("dim_customer", "C1", null));
  }

  @Test
  void aTimeThatIsNoneIsNotKnown() {
    assertThat(
            of(
                Stage.CLEANSE_TRANSACTIONS,
                "oltp",
                row("transaction_id", "T1", "last_modified", "yesterday")))
        .contains(key("fact_transactions", "T1", null));
  }

  @Test
  void theStockOfAMovementIsNoStateOfItsProduct() {
    Stage stage = Stage.write("dim_product");

    assertThat(of(stage, "inventory_events", row("product_id", "P1", "stock", "7"))).isEmpty();
    assertThat(of(stage, "oltp", row("product_id", "P1", "name", null)))
        .contains(key("dim_product", "P1", null));
  }

  @Test
  void whatCameTooLateIsNotReplacedByWhatIsThere() {
    DeadLetter late =
        DeadLetter.of(
            Stage.write("dim_customer"),
            "oltp",
            "customers/C1@2015",
            Reason.BEYOND_HORIZON,
            "it is from before the base",
            row("customer_id", "C1", "last_modified", "2015-01-01"));

    assertThat(RecordKey.of(late)).isEmpty();
  }

  @Test
  void whatWasNeverUnderstoodIsOfNoRow() {
    assertThat(of(Stage.decodeChanges("orders"), "oltp", Payload.ofBytes(new byte[] {1, 2})))
        .isEmpty();
    assertThat(of(Stage.CLEANSE_SALES, "oltp", Payload.ofText("{\"order_id\": \"O1"))).isEmpty();
    assertThat(of(Stage.CLEANSE_SALES, "oltp", row("order_id", null, "quantity", "1"))).isEmpty();
  }

  private static RecordKey key(String table, String key, Long micros) {
    return new RecordKey(table, key, micros);
  }

  private static Optional<RecordKey> of(Stage stage, String source, Payload payload) {
    return RecordKey.of(
        DeadLetter.of(stage, source, "orders/O1", Reason.NOT_A_NUMBER, "none", payload));
  }

  private static Payload row(String column, String value, String other, String otherValue) {
    return Payload.of(List.of(column, other), Arrays.asList(value, otherValue));
  }
}
