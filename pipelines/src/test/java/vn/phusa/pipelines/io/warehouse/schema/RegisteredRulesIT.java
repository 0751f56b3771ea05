package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

@WithEmbeddedServices
class RegisteredRulesIT {
  private static final Rules DEFAULTS = Rules.defaults();
  private static final Rules OTHERS = Rules.load(new StringReader("exchangeRate: [{rate: 25000}]"));

  private TestDatabase database;

  @BeforeEach
  void migrate(EmbeddedPostgres postgres) throws Exception {
    database = TestDatabase.migrated(postgres);
  }

  private static Optional<RegisteredRules> register(Connection warehouse, Rules rules)
      throws SQLException {
    warehouse.setAutoCommit(false);
    Optional<RegisteredRules> before = RegisteredRules.register(warehouse, rules);
    warehouse.commit();
    return before;
  }

  @Test
  void aSetThatReturnsGetsANewNumber() throws Exception {
    try (Connection warehouse = database.connect()) {
      assertThat(register(warehouse, DEFAULTS)).isEmpty();
      assertThat(RegisteredRules.newest(warehouse).orElseThrow())
          .matches(RegisteredRules::isDefault)
          .returns(1, RegisteredRules::number)
          .returns(DEFAULTS, RegisteredRules::rules);

      assertThat(register(warehouse, OTHERS).orElseThrow().number()).isEqualTo(1);
      assertThat(register(warehouse, OTHERS)).isEmpty();
      assertThat(RegisteredRules.newest(warehouse).orElseThrow())
          .returns(false, RegisteredRules::isDefault)
          .returns(2, RegisteredRules::number)
          .returns(OTHERS, RegisteredRules::rules);

      assertThat(register(warehouse, DEFAULTS).orElseThrow().number()).isEqualTo(2);
    }
    assertThat(database.rows("SELECT number, is_default FROM etl_rules ORDER BY 1"))
        .containsExactly("1 | t", "2 | f", "3 | t");
  }

  @Test
  void ofThoseWhoBeginTogetherEachPutsItsRulesIntoForceOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(6);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        done.add(
            writers.submit(
                () -> {
                  try (Connection warehouse = database.connect()) {
                    return register(warehouse, OTHERS);
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(database.rows("SELECT number FROM etl_rules ORDER BY 1")).containsExactly("1", "2");
  }

  @Test
  void whoeverWritesByOthersThanThoseInForceStops() throws Exception {
    WritingRules old = new WritingRules(DEFAULTS);
    try (Connection writer = database.connect();
        Connection other = database.connect()) {
      writer.setAutoCommit(false);
      old.require(writer);
      writer.commit();
      register(other, OTHERS);
      assertThatThrownBy(() -> old.require(writer))
          .isInstanceOf(OtherRulesException.class)
          .hasMessageContaining("number 2 of etl_rules");
      writer.rollback();
      new WritingRules(OTHERS).require(writer);
      writer.commit();
      register(other, DEFAULTS);
      // The same come to the same values, whatever their number.
      old.require(writer);
      writer.commit();
    }
  }

  @Test
  void othersComeIntoForceOnlyOnceAWriterIsDone() throws Exception {
    ExecutorService others = Executors.newSingleThreadExecutor();
    try (Connection writer = database.connect()) {
      writer.setAutoCommit(false);
      new WritingRules(DEFAULTS).require(writer);
      Future<?> registered =
          others.submit(
              () -> {
                try (Connection other = database.connect()) {
                  return register(other, OTHERS);
                }
              });
      await()
          .until(
              () ->
                  database.rows(
                      "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"),
              rows -> !rows.isEmpty());
      assertThat(database.rows("SELECT max(number) FROM etl_rules")).containsExactly("1");
      writer.commit();
      registered.get();
      assertThat(database.rows("SELECT max(number) FROM etl_rules")).containsExactly("2");
    } finally {
      others.shutdownNow();
    }
  }

  @Test
  void aSchemaOfBeforeHasNone() throws Exception {
    database.execute("DROP TABLE etl_rules");
    try (Connection warehouse = database.connect()) {
      assertThat(RegisteredRules.newest(warehouse)).isEmpty();
    }
  }
}
