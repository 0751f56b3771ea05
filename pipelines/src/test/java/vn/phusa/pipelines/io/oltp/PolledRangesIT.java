package vn.phusa.pipelines.io.oltp;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** Every row is in one range, whatever the key's type and however many share a time. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolledRangesIT {
  private static final PolledTable TABLE =
      new PolledTable("big", "id", List.of("id", "last_modified"));

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "varchar(40)", "bigint", "uuid"})
  void everyRowIsReadOnce(String keyType) throws Exception {
    String key = keyType.equals("uuid") ? "gen_random_uuid()" : "n";
    warehouse.execute(
        ("DROP TABLE IF EXISTS big; CREATE TABLE big (id %1$s, last_modified timestamptz);"
                // Twenty of one import, five of five moments; seven without a time, four of the
                // future; and four without a key, as a view may have them.
                + "INSERT INTO big SELECT %2$s, '2024-01-01' FROM generate_series(1, 20) n;"
                + "INSERT INTO big SELECT %2$s, timestamptz '2024-01-02' + n * interval '1 day'"
                + " FROM generate_series(21, 25) n;"
                + "INSERT INTO big SELECT %2$s, NULL FROM generate_series(26, 32) n;"
                + "INSERT INTO big SELECT %2$s, '9000-01-01' FROM generate_series(33, 36) n;"
                + "INSERT INTO big SELECT NULL, '2024-01-01' FROM generate_series(37, 40) n")
            .formatted(keyType, key));
    ReadRangeFn reading =
        new ReadRangeFn(
            warehouse.address(), warehouse.address(), TABLE, new StepId(RunId.random(), "s"));
    List<String> read = new ArrayList<>();
    try (Connection source = Postgres.openSource(warehouse.address(), PolledTable.DEFAULT_ZONE)) {
      List<PolledRange> ranges =
          new RangePlanner(source, TABLE, 3).plan("-infinity", "2025-01-01", true);
      assertThat(ranges).hasSizeGreaterThan(8);
      for (PolledRange range : ranges) {
        int before = read.size();
        try (PreparedStatement statement = reading.statement(source, range);
            ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            read.add(row.getString(1));
          }
        }
        assertThat(read.size() - before).as("rows of one range").isLessThanOrEqualTo(7);
      }
    }
    assertThat(read).hasSize(40).filteredOn(Objects::nonNull).hasSize(36).doesNotHaveDuplicates();
  }
}
