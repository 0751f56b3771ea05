package vn.phusa.runners.jobs.load;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;

/** The tests of a class share a warehouse and staging; both are empty before each. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StagedWarehouseTest {
  StagedWarehouse warehouse;

  @BeforeAll
  final void create(EmbeddedMongo mongo, FreshDatabase database) throws Exception {
    warehouse = StagedWarehouse.create(mongo, database);
  }

  @BeforeEach
  final void empty() throws Exception {
    warehouse.empty();
  }

  @AfterAll
  final void close() {
    warehouse.close();
  }
}
