package vn.phusa.pipelines.io.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.SchemaName;
import vn.phusa.pipelines.io.warehouse.TestDatabase;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.rules.Rules;

/**
 * A migration whose session is ended at any moment has done all or nothing, and the next does the
 * rest. With {@code -Dphusa.endedMigrations=50} as often as that.
 */
@WithEmbeddedServices
class EndedMigrationIT {
  private static final int MOMENTS = Integer.getInteger("phusa.endedMigrations", 4);
  private static final String OTHERS =
      "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
          + " WHERE datname = current_database() AND pid <> pg_backend_pid()";
  private static final String RELATIONS =
      "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1";
  private static final String REFERENCES =
      "SELECT (SELECT count(*) FROM dim_time), (SELECT count(*) FROM dim_geography),"
          + " (SELECT count(*) FROM dim_platform)";

  @Test
  void allOrNothingIsDone(EmbeddedPostgres postgres) throws Exception {
    TestDatabase undisturbed = TestDatabase.empty(postgres);
    long began = System.nanoTime();
    undisturbed.migrate();
    long whole = System.nanoTime() - began;
    List<String> relations = undisturbed.rows(RELATIONS);
    List<String> references = undisturbed.rows(REFERENCES);
    Random moments = new Random(24);
    int ended = 0;
    for (int i = 0; i < MOMENTS; i++) {
      TestDatabase database = TestDatabase.empty(postgres);
      // Later ones are shorter than the first, which warms up.
      boolean done = migrateAndEndAfter(database, moments.nextLong(whole / 2));
      ended += done ? 0 : 1;

      // One that is ended after its commit has done all, but cannot say so.
      assertThat(database.rows(RELATIONS))
          .isIn(done ? List.of(relations) : List.of(relations, List.of()));
      if (!database.rows(RELATIONS).isEmpty()) {
        assertThat(database.rows(REFERENCES)).isEqualTo(references);
      }

      database.migrate();
      assertThat(database.rows(RELATIONS)).isEqualTo(relations);
      assertThat(database.rows(REFERENCES)).isEqualTo(references);
    }
    assertThat(ended).as("migrations that were ended").isPositive();
  }

  /** Whether it was faster. */
  private static boolean migrateAndEndAfter(TestDatabase database, long nanos) throws Exception {
    CompletableFuture<Void> migration =
        CompletableFuture.runAsync(
            () -> {
              try {
                WarehouseSchema.migrate(database.dataSource(), SchemaName.PUBLIC, Rules.defaults());
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    try {
      // A moment is a time: the migration goes on meanwhile.
      migration.handle((done, failed) -> null).get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      database.rows(OTHERS);
    }
    return migration.handle((done, failed) -> failed == null).get(2, TimeUnit.MINUTES);
  }
}
