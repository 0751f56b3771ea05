package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.warehouse.Cases;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** Which lines count follows the newest rules, and is apart from what the source deleted. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderAuthoritiesIT {
  private static final String COUNTED =
      "SELECT order_id, platform, is_counted, is_deleted FROM fact_sales ORDER BY 1";

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales");
  }

  private static Rules rules(String authorities) throws Exception {
    return Rules.load(new StringReader("orderAuthorities: " + authorities));
  }

  private void load(Rules rules, List<SourceRecord> records) throws Exception {
    SaleCleanser cleanser = new SaleCleanser(rules);
    SaleEnricher enricher = new SaleEnricher(rules);
    List<EnrichedSale> sales = new ArrayList<>();
    for (SourceRecord record : records) {
      sales.add(enricher.enrich(cleanser.cleanse(record)));
    }
    try (var batches = warehouse.writing(new FactWriter<>(new FactSales(rules)))) {
      batches.write(sales, TestWarehouse::refuse);
    }
  }

  @Test
  void aLineThatMovesToAnotherAuthorityOrIsDeletedCountsNoMore() throws Exception {
    Rules rules = rules("{platforms: {Sendo: oltp}, fallback: tiki}");
    List<SourceRecord> changes = new ArrayList<>(Cases.orders("authority-delete.jsonl"));
    for (int seed = 0; seed < 12; seed++) {
      empty();
      Collections.shuffle(changes, new Random(seed));
      for (SourceRecord change : changes) {
        load(rules, List.of(change));
      }
      assertThat(warehouse.query(COUNTED))
          .containsExactly(List.of("A1", "Tiki", "f", "f"), List.of("A2", "Sendo", "t", "t"));
      assertThat(
              warehouse.count(
                  "SELECT count(*) FROM fact_sales WHERE is_counted AND NOT is_deleted"))
          .isZero();
    }
  }

  @Test
  void aChangeOfTheRuleIsFollowedByWhatIsLoadedAgainAndCanBeTakenBack() throws Exception {
    List<SourceRecord> first = Cases.orders("authority-delete.jsonl").subList(0, 1);
    Rules ours = rules("{fallback: oltp}");
    Rules theirs = rules("{platforms: {Sendo: sendo}, fallback: oltp}");
    for (Rules rules : List.of(ours, theirs, ours)) {
      load(rules, first);
      assertThat(warehouse.query(COUNTED))
          .containsExactly(List.of("A1", "Sendo", rules.equals(ours) ? "t" : "f", "f"));
    }
  }

  /** What a foreign source told is there when the rule makes it the authority. */
  @Test
  void aStateOfAForeignSourceAdvancesTheLine() throws Exception {
    Rules theirs = rules("{fallback: tiki}");
    List<SourceRecord> changes = Cases.orders("authority-delete.jsonl");
    load(theirs, List.of(changes.get(1)));
    load(theirs, List.of(changes.get(0)));
    assertThat(warehouse.query(COUNTED)).containsExactly(List.of("A1", "Tiki", "f", "f"));
  }
}
