package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static vn.phusa.pipelines.io.warehouse.TestStates.deleted;
import static vn.phusa.pipelines.io.warehouse.TestStates.enriched;
import static vn.phusa.pipelines.io.warehouse.TestStates.state;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.rules.Rules;

/** Which of several states of a fact stands. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactStatesIT {
  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales");
  }

  private void write(EnrichedSale... sales) throws Exception {
    for (EnrichedSale sale : sales) {
      try (var batches = warehouse.writing(new FactWriter<>(new FactSales(Rules.defaults())))) {
        batches.write(List.of(sale), TestWarehouse::refuse);
      }
    }
  }

  private static EnrichedSale paidBy(String method) {
    return enriched(state("O", 1).setPaymentMethod(method).build());
  }

  @Test
  void ofTwoStatesOfOneMomentTheSameStandsWhateverCameFirst() throws Exception {
    write(paidBy("COD"), paidBy("MoMo"));
    var oneOrder = warehouse.query("SELECT payment_method_local FROM fact_sales");
    empty();
    write(paidBy("MoMo"), paidBy("COD"));
    assertThat(warehouse.query("SELECT payment_method_local FROM fact_sales")).isEqualTo(oneOrder);
  }

  @Test
  void ofTwoDeletesOfAnUnknownRowTheNewerTellsItsSource() throws Exception {
    String row = "SELECT source, source_modified_at, is_deleted FROM fact_sales";
    write(deleted("O", "oltp", 1), deleted("O", "tiki", 2));
    var oneOrder = warehouse.query(row);
    assertThat(oneOrder.get(0)).startsWith("tiki");
    empty();
    write(deleted("O", "tiki", 2), deleted("O", "oltp", 1));
    assertThat(warehouse.query(row)).isEqualTo(oneOrder);
  }

  @Test
  void aPlaceThatIsKnownMeanwhileIsTakenWhenTheStateComesAgain() throws Exception {
    EnrichedSale sale = enriched(state("O", 1).setPlatform("Zalo").build());
    write(sale);
    assertThat(warehouse.count("SELECT platform_key FROM fact_sales")).isEqualTo(-1);
    warehouse.execute("INSERT INTO dim_platform (platform, commission_rate) VALUES ('Zalo', 0.06)");
    write(sale);
    assertThat(
            warehouse.count(
                "SELECT count(*) FROM fact_sales JOIN dim_platform USING (platform_key)"
                    + " WHERE dim_platform.platform = 'Zalo'"))
        .isEqualTo(1);
  }
}
