package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Whoever corrects a row at its source has nothing more to do with its dead letter. */
@WithEmbeddedServices
@ExtendWith(EmptyShop.class)
class CorrectedRowsIT {
  private static final String DEAD_LETTERS =
      "SELECT record_key, reason, status FROM dead_letter ORDER BY 1";

  private ShopAndWarehouse databases;

  @BeforeEach
  void take(ShopAndWarehouse own) {
    databases = own;
  }

  @Test
  void aRowThatIsCorrectedAndLoadedResolvesItsDeadLetter() throws Exception {
    databases.executeInShop(
        "INSERT INTO orders (order_id, order_date, last_modified) VALUES"
            + " ('O1', '1990-01-01Z', '2025-01-01Z'), ('O2', '1990-01-01Z', '2025-01-01Z')");
    load("load-facts");
    assertThat(databases.warehouseRows(DEAD_LETTERS))
        .containsExactly(
            List.of("O1", "out_of_calendar", "waiting"),
            List.of("O2", "out_of_calendar", "waiting"));

    databases.executeInShop(
        "UPDATE orders SET order_date = '2025-01-01Z', last_modified = now()"
            + " WHERE order_id = 'O1'");
    load("load-facts");

    assertThat(databases.warehouseRows(DEAD_LETTERS))
        .containsExactly(
            List.of("O1", "out_of_calendar", "resolved"),
            List.of("O2", "out_of_calendar", "waiting"));
    assertThat(databases.onWarehouse("status").out())
        .containsPattern("cleanse-sales +out_of_calendar +1");
  }

  @Test
  void whatTheWarehouseRejectedIsResolvedWhenItIsReadAgain() throws Exception {
    databases.executeInShop(
        "INSERT INTO products (product_id, name, last_modified) VALUES ('P1', 'Nồi', '2025-01-01Z'),"
            + " ('P2', 'Ấm', '2025-01-01Z'), ('P3', 'Chảo', '2025-01-01Z')");
    databases.executeInWarehouse(
        "ALTER TABLE dim_product ADD CONSTRAINT none CHECK (product_id <> 'P2')");
    load("load-dimensions");
    assertThat(databases.warehouseRows(DEAD_LETTERS))
        .containsExactly(List.of("P2", "refused_23514", "waiting"));
    databases.executeInWarehouse("ALTER TABLE dim_product DROP CONSTRAINT none");

    load("load-dimensions", "--fromBeginning=true");

    assertThat(databases.warehouseRows(DEAD_LETTERS))
        .containsExactly(List.of("P2", "refused_23514", "resolved"));
  }

  private void load(String command, String... more) {
    ShopAndWarehouse.Ended ended = databases.load(command, more);
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
