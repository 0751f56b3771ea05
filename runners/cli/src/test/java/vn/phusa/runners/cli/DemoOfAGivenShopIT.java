package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.runners.cli.ShopAndWarehouse.Ended;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** A demonstration with {@code --oltpUrl} reads that shop, and writes nothing into it. */
@WithEmbeddedServices
class DemoOfAGivenShopIT {
  private static final String RELATIONS =
      "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
  private static final String ROWS_EVER_WRITTEN =
      "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables";

  @TempDir private Path home;

  @Test
  void anEmptyShopStaysEmpty(EmbeddedPostgres server) throws Exception {
    try (ShopAndWarehouse databases = ShopAndWarehouse.in(server, "given")) {
      assertThat(demo(databases).code()).as("no table is there").isEqualTo(3);
      assertThat(number(databases, RELATIONS)).isZero();

      databases.createShopTables();
      long relations = number(databases, RELATIONS);
      Ended ended = demo(databases);

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out()).contains("load-facts/oltp/orders");
      assertThat(number(databases, RELATIONS)).isEqualTo(relations);
      assertThat(number(databases, ROWS_EVER_WRITTEN)).isZero();
    }
  }

  private Ended demo(ShopAndWarehouse databases) {
    return databases.load("demo", "--home=" + home);
  }

  private static long number(ShopAndWarehouse databases, String sql) throws SQLException {
    try (Connection connection = databases.shop();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
