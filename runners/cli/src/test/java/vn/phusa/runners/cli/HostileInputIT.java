package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.runners.cli.HostileRow.Table;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Every hostile row is loaded, or a dead letter that says why; its neighbours are loaded. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<HostileRow> rows = HostileRows.all();
  private final List<ShopAndWarehouse.Ended> commands = new ArrayList<>();
  private ShopAndWarehouse databases;

  @BeforeAll
  void load(EmbeddedPostgres postgres) throws Exception {
    databases = ShopAndWarehouse.in(postgres, "hostile");
    databases.createShopTables();
    try (Connection shop = databases.shop()) {
      for (Table table : Table.values()) {
        // Some shops have no keys at all.
        databases.executeInShop(
            "ALTER TABLE %1$s DROP CONSTRAINT %1$s_pkey; ALTER TABLE %1$s ALTER %2$s DROP NOT NULL"
                .formatted(table.source(), table.key()));
      }
      for (HostileRow row : rows) {
        row.insert(shop);
      }
    }
    commands.add(databases.onWarehouse("migrate"));
    commands.add(databases.load("load-dimensions"));
    commands.add(databases.load("load-facts"));
    commands.add(databases.onWarehouse("refresh-marts"));
    commands.add(databases.onWarehouse("status"));
  }

  @AfterAll
  void drop() throws Exception {
    databases.close();
  }

  @Test
  void everyCommandIsDone() {
    assertThat(commands).allSatisfy(ended -> assertThat(ended.code()).as(ended.all()).isZero());
  }

  @Test
  void everyRowIsLoadedOrADeadLetterWithItsReason() throws Exception {
    for (Table table : Table.values()) {
      Set<String> there = new TreeSet<>();
      databases
          .warehouseRows("SELECT DISTINCT %s FROM %s".formatted(table.key(), table.target()))
          .forEach(row -> there.add(row.get(0)));
      Map<Map<String, String>, String> deadLetters = deadLetters(table);
      List<HostileRow> ofTable = rows.stream().filter(r -> r.table() == table).toList();
      for (HostileRow row : ofTable) {
        String reason = deadLetters.get(stored(row));
        assertThat(reason).as("row %s %s", row.number(), row.values()).isEqualTo(row.reason());
        if (row.reason() == null) {
          assertThat(there).as("row %s", row.number()).contains(row.key());
        }
      }
      assertThat(deadLetters)
          .hasSize((int) ofTable.stream().filter(r -> r.reason() != null).count());
    }
  }

  @Test
  void rowsAreCountedByTheLaw() throws Exception {
    assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
    for (Table table : Table.values()) {
      List<HostileRow> ofTable = rows.stream().filter(r -> r.table() == table).toList();
      long rejected = ofTable.stream().filter(r -> r.reason() != null).count();
      assertThat(
              databases.warehouseRows(
                  "SELECT rows_read, rows_loaded, rows_rejected, rows_skipped FROM etl_step"
                      + " WHERE step LIKE '%/oltp/"
                      + table.source()
                      + "'"))
          .as(table.source())
          .containsExactly(
              List.of(
                  Integer.toString(ofTable.size()),
                  Long.toString(ofTable.size() - rejected),
                  Long.toString(rejected),
                  "0"));
    }
  }

  @Test
  void textsArriveAsTheyWere() throws Exception {
    assertThat(
            databases.warehouseRows(
                "SELECT status, order_number, payment_method_local, platform FROM fact_sales"
                    + " WHERE status LIKE 'tab%' OR status LIKE '''; DROP%' ORDER BY status"))
        .containsExactly(
            List.of(
                HostileRows.INJECTION,
                HostileRows.INJECTION,
                HostileRows.INJECTION,
                HostileRows.INJECTION),
            List.of(
                HostileRows.ESCAPES,
                HostileRows.ESCAPES,
                HostileRows.ESCAPES,
                HostileRows.ESCAPES));
    assertThat(databases.countInWarehouse("SELECT max(length(city)) FROM dim_customer"))
        .isEqualTo(10_000);
    assertThat(
            databases.countInWarehouse(
                "SELECT count(*) FROM fact_sales WHERE customer_id IS NULL AND customer_key <> -1"))
        .isZero();
  }

  @Test
  void nothingOfTheRowsIsShownOrLogged() {
    for (ShopAndWarehouse.Ended ended : commands) {
      assertThat(ended.all()).doesNotContain(HostileRows.MARKER).doesNotContain("DROP TABLE");
      for (HostileRow row : rows) {
        row.values().values().stream()
            .filter(value -> value != null && value.length() > 100)
            .forEach(value -> assertThat(ended.all()).doesNotContain(value.substring(0, 20)));
      }
    }
  }

  @Test
  void loadingItAllAgainChangesNothing() throws Exception {
    List<String> dimensions = LoadedRows.ofDimensions(databases);
    List<String> facts = LoadedRows.ofFacts(databases);
    // When they were last met is the one thing that moves.
    String deadLetters = "SELECT id, reason, payload, attempts FROM dead_letter ORDER BY id";
    List<List<String>> before = databases.warehouseRows(deadLetters);

    for (String command : List.of("load-dimensions", "load-facts")) {
      ShopAndWarehouse.Ended again = databases.load(command, "--fromBeginning=true");
      assertThat(again.code()).as(again.all()).isZero();
    }

    assertThat(LoadedRows.ofDimensions(databases)).isEqualTo(dimensions);
    assertThat(LoadedRows.ofFacts(databases)).isEqualTo(facts);
    assertThat(databases.warehouseRows(deadLetters)).isEqualTo(before);
    assertThat(LoadedRows.unconservedSteps(databases)).isEmpty();
  }

  /** The reason by the record as it came. */
  private Map<Map<String, String>, String> deadLetters(Table table) throws Exception {
    Map<Map<String, String>, String> deadLetters = new HashMap<>();
    for (List<String> deadLetter :
        databases.warehouseRows(
            "SELECT payload, reason, payload_encoding FROM dead_letter WHERE stage IN ('%s', '%s')"
                .formatted(table.stage(), "read-" + table.source()))) {
      assertThat(deadLetter.get(2)).isEqualTo("text");
      deadLetters.put(
          JSON.readValue(deadLetter.get(0), new TypeReference<TreeMap<String, String>>() {}),
          deadLetter.get(1));
    }
    return deadLetters;
  }

  private Map<String, String> stored(HostileRow row) throws Exception {
    try (Connection shop = databases.shopAsRead()) {
      return HostileRow.stored(shop, row);
    }
  }
}
