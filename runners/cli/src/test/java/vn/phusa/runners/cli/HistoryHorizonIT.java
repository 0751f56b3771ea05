package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** What is older than the horizon and makes no difference is forgotten; what comes late is told. */
@WithEmbeddedServices
class HistoryHorizonIT {
  private static final String HORIZON = "--historyHorizon=P365D";
  private static final String VERSIONS =
      "SELECT city, effective_date::date FROM dim_customer WHERE customer_id = 'C1'"
          + " ORDER BY effective_date";

  private ShopAndWarehouse databases;

  @BeforeEach
  void create(EmbeddedPostgres server) throws Exception {
    databases = ShopAndWarehouse.in(server, "horizon");
    databases.createShopTables();
    assertThat(databases.onWarehouse("migrate").code()).isZero();
    databases.executeInShop(
        "INSERT INTO customers (customer_id, city, phone, last_modified)"
            + " VALUES ('C1', 'Huế', '0', '2015-01-01Z')");
    load();
    for (int month = 2; month < 6; month++) {
      becomes("Huế", "2015-0" + month + "-01Z");
    }
    becomes("Vinh", "2016-01-01Z");
  }

  @AfterEach
  void drop() throws Exception {
    databases.close();
  }

  @Test
  void repeatsAreForgottenAndVersionsStay() throws Exception {
    assertThat(remembered()).isEqualTo(6);
    List<List<String>> before = databases.warehouseRows(VERSIONS);

    becomes("Hà Nội", "2024-01-01Z", HORIZON);

    assertThat(remembered()).isEqualTo(3);
    assertThat(databases.warehouseRows(VERSIONS))
        .startsWith(before.toArray(List[]::new))
        .hasSize(3);
    load(HORIZON);
    assertThat(letters()).isEmpty();
  }

  @Test
  void whatComesFromBeforeTheBaseIsADeadLetterThatAReplayLoads() throws Exception {
    becomes("Đà Nẵng", "2015-03-15Z", HORIZON);

    assertThat(letters())
        .containsExactly(List.of("write-dim_customer", "beyond_horizon", "waiting"));
    assertThat(databases.warehouseRows(VERSIONS)).hasSize(2);
    assertThat(
            databases.warehouseRows(
                "SELECT rows_read - rows_loaded - rows_skipped - rows_rejected FROM etl_step"
                    + " WHERE rows_read IS NOT NULL"))
        .containsOnly(List.of("0"));

    ShopAndWarehouse.Ended replayed = databases.onWarehouse("replay");

    assertThat(replayed.code()).as(replayed.all()).isZero();
    assertThat(letters())
        .containsExactly(List.of("write-dim_customer", "beyond_horizon", "replayed"));
    assertThat(databases.warehouseRows(VERSIONS)).hasSize(4);
  }

  @Test
  void withoutAHorizonItIsOneOfTheVersions() throws Exception {
    becomes("Đà Nẵng", "2015-03-15Z");

    assertThat(letters()).isEmpty();
    assertThat(databases.warehouseRows(VERSIONS)).hasSize(4);
  }

  private void becomes(String city, String modified, String... more) throws Exception {
    databases.executeInShop(
        "UPDATE customers SET city = '%s', phone = phone || '1', last_modified = '%s'"
            .formatted(city, modified));
    load(more);
  }

  /** From the beginning, since these times are far behind any watermark. */
  private void load(String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--fromBeginning=true");
    ShopAndWarehouse.Ended ended =
        databases.load("load-dimensions", arguments.toArray(new String[0]));
    assertThat(ended.code()).as(ended.all()).isZero();
  }

  private long remembered() throws Exception {
    return databases.countInWarehouse("SELECT count(*) FROM scd_change");
  }

  private List<List<String>> letters() throws Exception {
    return databases.warehouseRows("SELECT stage, reason, status FROM dead_letter");
  }
}
