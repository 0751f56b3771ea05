package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.SecretReference;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/**
 * A shop whose tables are called otherwise and count in dong, by examples/shop/views.sql, with the
 * rules beside it.
 */
@WithEmbeddedServices
class ShopOfViewsIT {
  private static final Path SHOP = Path.of("../../examples/shop").toAbsolutePath();
  private static final String RULES = "--rules=" + SHOP.resolve("rules.yaml");
  private static final String WEB =
      """
      CREATE SCHEMA web;
      CREATE TABLE web.users (id bigint PRIMARY KEY, name text, email text, phone text,
        province text, created_at timestamp, updated_at timestamp);
      CREATE TABLE web.items (sku text PRIMARY KEY, title text, category text, brand text,
        price bigint, stock integer, updated_at timestamp);
      CREATE TABLE web.orders (id bigint PRIMARY KEY, code text, user_id bigint,
        ship_province text, payment text, status text, placed_at timestamp, updated_at timestamp);
      CREATE TABLE web.order_lines (id bigint PRIMARY KEY, order_id bigint, sku text,
        quantity integer, price bigint, discount bigint, updated_at timestamp);
      CREATE TABLE web.payments (id bigint PRIMARY KEY, order_id bigint, method text,
        amount bigint, status text, paid_at timestamp, updated_at timestamp);
      INSERT INTO web.users VALUES (1, 'Người Mua', 'mua@example.com', '0901234567', 'Đà Nẵng',
        '2025-02-28 18:00', '2025-03-01');
      INSERT INTO web.items VALUES ('NOI', 'Nồi', 'Gia dụng', NULL, 1290000, 5, '2025-03-01');
      INSERT INTO web.orders VALUES (7, 'DH7', 1, 'Đà Nẵng', 'cod', 'delivered',
        '2025-03-01 18:00', '2025-03-01 18:00');
      INSERT INTO web.order_lines VALUES
        (70, 7, 'NOI', 2, 1290000, 0, '2025-03-01 18:00'),
        (71, 7, 'NOI', 1, 49000, 9000, '2025-03-01 18:00');
      INSERT INTO web.payments VALUES
        (700, 7, 'cod', 2620000, 'paid', '2025-03-02', '2025-03-02');
      """;

  @TempDir private Path folder;
  private ShopAndWarehouse databases;

  @BeforeEach
  void create(EmbeddedPostgres server) throws Exception {
    databases = ShopAndWarehouse.in(server, "of_views");
    databases.executeInShop(WEB);
    databases.executeInShop("CREATE ROLE phusa_shop LOGIN PASSWORD 'views'");
    databases.executeInShop("GRANT pg_read_all_stats TO phusa_shop");
    databases.executeInShop(Files.readString(SHOP.resolve("views.sql")));
    // As after a change: it can be run again.
    databases.executeInShop(Files.readString(SHOP.resolve("views.sql")));
    assertThat(databases.onWarehouse("migrate", RULES).code()).isZero();
  }

  @AfterEach
  void drop() throws Exception {
    databases.executeInShop("DROP OWNED BY phusa_shop; DROP ROLE phusa_shop");
    databases.close();
  }

  @Test
  void viewsAreReadAsTablesAre() throws Exception {
    load("load-dimensions");
    load("load-facts");

    assertThat(
            databases.warehouseRows(
                "SELECT customer_id, city, registration_date FROM dim_customer WHERE is_current AND customer_key > 0"))
        .containsExactly(List.of("web-1", "Da Nang", "2025-03-01"));
    assertThat(
            databases.warehouseRows(
                "SELECT order_id, order_number, quantity, unit_price_vnd, total_amount_vnd, time_key,"
                    + " customer_key > 0 FROM fact_sales ORDER BY order_id"))
        .containsExactly(
            List.of("70", "DH7", "2", "1290000", "2580000", "20250302", "t"),
            List.of("71", "DH7", "1", "49001", "40001", "20250302", "t"));
    assertThat(databases.warehouseRows("SELECT order_id, amount_vnd FROM fact_transactions"))
        .containsExactly(List.of("70", "2620001"));

    databases.executeInShop(
        "UPDATE web.users SET province = 'Huế', updated_at = now() AT TIME ZONE 'UTC'");
    load("load-dimensions");
    assertThat(
            databases.warehouseRows(
                "SELECT city, effective_date > now() - interval '1 hour' FROM dim_customer"
                    + " WHERE customer_id = 'web-1' ORDER BY effective_date"))
        .containsExactly(List.of("Da Nang", "f"), List.of("Hue", "t"));
  }

  @Test
  void ordersAloneAreEnough() throws Exception {
    for (String table : List.of("customers", "products", "transactions")) {
      databases.executeInShop(
          String.format(
              Locale.ROOT,
              "ALTER VIEW phusa.%1$s RENAME TO had_%1$s;"
                  + " CREATE VIEW phusa.%1$s AS SELECT * FROM phusa.had_%1$s WHERE false;"
                  + " GRANT SELECT ON phusa.%1$s TO phusa_shop",
              table));
    }

    load("load-dimensions");
    load("load-facts");
    assertThat(databases.onWarehouse("refresh-marts", RULES).code()).isZero();

    assertThat(
            databases.warehouseRows(
                "SELECT c.customer_id, c.is_inferred, p.product_id, p.is_inferred, count(*)"
                    + " FROM fact_sales JOIN dim_customer c USING (customer_key)"
                    + " JOIN dim_product p USING (product_key) GROUP BY 1, 2, 3, 4"))
        .containsExactly(List.of("web-1", "t", "NOI", "t", "2"));
    assertThat(databases.warehouseRows("SELECT month, orders, revenue_vnd FROM mv_monthly_sales"))
        .containsExactly(List.of("2025-03-01", "1", "2620001"));
  }

  @Test
  void sourceAndWarehouseCanBeCompared() throws Exception {
    databases.executeInShop(
        "INSERT INTO web.orders VALUES (8, 'DH8', 1, NULL, 'cod', 'paid', '2040-01-01',"
            + " '2025-03-02');"
            + " INSERT INTO web.order_lines VALUES (80, 8, 'NOI', 1, 24000, 0, '2025-03-02')");
    load("load-facts");

    // The queries of docs/getting-started.md.
    assertThat(
            databases.warehouseRows(
                "SELECT count(*), sum(total_amount_usd), (SELECT count(DISTINCT record_key)"
                    + " FROM dead_letter WHERE record_table = 'fact_sales' AND source = 'oltp'"
                    + " AND status = 'waiting') FROM fact_sales WHERE source = 'oltp'"
                    + " AND NOT is_deleted"))
        .containsExactly(List.of("2", "109.1667", "1"));
  }

  private void load(String command) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "views");
    List<String> arguments = new ArrayList<>(databases.loadArguments(command));
    arguments.removeIf(argument -> argument.matches("--oltp(User|Password)=.*"));
    arguments.add(RULES);
    arguments.add("--oltpUser=phusa_shop");
    arguments.add("--oltpPassword=" + SecretReference.toFile(password));
    Ended ended = ShopAndWarehouse.run(arguments.toArray(new String[0]));
    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.out()).contains("oltp/");
  }
}
