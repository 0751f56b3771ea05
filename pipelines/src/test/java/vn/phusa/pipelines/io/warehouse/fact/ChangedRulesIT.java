package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.TestWarehouse;
import vn.phusa.pipelines.io.warehouse.schema.OtherRulesException;
import vn.phusa.pipelines.io.warehouse.schema.RegisteredRules;
import vn.phusa.pipelines.io.warehouse.schema.UnderRules;
import vn.phusa.runners.embedded.junit.FreshDatabase;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** A state is known by what its source said, so that all rows follow the rules that hold now. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangedRulesIT {
  private static final Rules BEFORE = Rules.defaults();
  private static final Rules AFTER =
      rules(
          """
          exchangeRate: [{rate: 25000}]
          vat: {kind: included}
          platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, Chợ Tốt]
          commissions: {platforms: {Shopee: [{rate: 0.07}]}}
          orderAuthorities: {platforms: {Tiki: tiki}}
          orderStatuses: {words: {bom: failed}}
          paymentMethods: {ví mới: E_Wallet_Moi, momo: MoMo}
          seasons: {aroundTet: {daysBefore: 28, daysAfter: 5}}
          cities: {aliases: {xứ nẫu: Binh Dinh}}
          """);
  private static final Rules THIRD =
      rules(
          "cities: {aliases: {xứ nẫu: Phu Yen}}\nplatforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, CHO TOT]");
  private static final long COMMITTED = 1_740_795_299_998_000L;
  private static final int ORDERS = 300;

  private static final String ROWS =
      "SELECT (to_jsonb(f) - 'created_at' - 'updated_at' - 'content_hash' - 'row_hash'"
          + " - 'customer_key' - 'product_key')::text FROM fact_sales f ORDER BY order_id";

  private TestWarehouse warehouse;

  @BeforeAll
  void migrate(FreshDatabase database) throws Exception {
    warehouse = TestWarehouse.in(database);
  }

  @BeforeEach
  void empty() throws Exception {
    warehouse.execute("TRUNCATE fact_sales");
  }

  private static Rules rules(String yaml) {
    return Rules.load(new StringReader(yaml));
  }

  @Test
  void theSameStatesAgainFollowWhateverTheTie() throws Exception {
    List<SourceRecord> states = states(new Random(1));
    List<List<String>> fresh = rowsOf(states, AFTER);
    List<List<String>> third = rowsOf(states, THIRD);

    load(states, BEFORE);
    load(states, AFTER);
    assertThat(warehouse.query(ROWS)).isEqualTo(fresh);
    load(states, THIRD);
    assertThat(warehouse.query(ROWS)).isEqualTo(third);

    String written = "SELECT max(xmin::text::bigint), count(*) FROM fact_sales";
    List<List<String>> last = warehouse.query(written);
    load(states, THIRD);
    assertThat(warehouse.query(written)).isEqualTo(last);
  }

  @Test
  void ofMixedRulesNothingIsLeftOnceAllWasLoadedByTheNewest() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      List<SourceRecord> states = states(random);
      List<List<String>> fresh = rowsOf(states, AFTER);
      empty();
      List<SourceRecord> shuffled = new ArrayList<>(states);
      Collections.shuffle(shuffled, random);
      for (int from = 0; from < shuffled.size(); from += 40) {
        List<SourceRecord> some = shuffled.subList(from, Math.min(from + 40, shuffled.size()));
        load(some, List.of(BEFORE, AFTER, THIRD).get(random.nextInt(3)));
      }
      Collections.shuffle(shuffled, random);
      load(shuffled, AFTER);
      assertThat(warehouse.query(ROWS)).as("seed %d", seed).isEqualTo(fresh);
    }
  }

  @Test
  void aRowOfBeforeGivesWayToItsOwnState() throws Exception {
    List<SourceRecord> states = states(new Random(3));
    List<List<String>> fresh = rowsOf(states, AFTER);
    empty();
    load(states, BEFORE);
    warehouse.execute("UPDATE fact_sales SET said = NULL, content_hash = gen_random_uuid()");
    load(states, AFTER);
    assertThat(warehouse.query(ROWS)).isEqualTo(fresh);
  }

  @Test
  void aRowOfBeforeKeepsItsAmountsWhereAPartOfItIsFilledIn() throws Exception {
    SourceRecord partial =
        state(
            1,
            "order_id",
            "O",
            "city",
            "xứ nẫu",
            "total_amount_vnd",
            "240000.4",
            "order_date",
            DAY);
    load(List.of(partial), BEFORE);
    warehouse.execute("UPDATE fact_sales SET said = NULL");
    load(List.of(state(0, "order_id", "O", "platform", "chợ tốt", "status", "bom")), AFTER);
    assertThat(
            warehouse.query(
                "SELECT platform, status_group, total_amount_vnd, total_amount_usd, said IS NULL"
                    + " FROM fact_sales"))
        .containsExactly(List.of("Chợ Tốt", "failed", "240000", "10.0000", "t"));
  }

  @Test
  void rederivingIsAsIfAllHadBeenLoadedByTheNewestAndGoesOnWhereItWasEnded() throws Exception {
    List<SourceRecord> states = states(new Random(4));
    List<List<String>> fresh = rowsOf(states, AFTER);
    load(states, BEFORE);
    String written = "SELECT max(xmin::text::bigint), count(*) FROM fact_sales";
    List<List<String>> loaded = warehouse.query(written);
    assertThat(rederive(BEFORE, Integer.MAX_VALUE)).isZero();
    assertThat(warehouse.query(written)).isEqualTo(loaded);

    assertThat(rederive(AFTER, 2)).isBetween(1L, 100L);
    assertThat(warehouse.query(ROWS)).isNotEqualTo(fresh);
    assertThat(rederive(AFTER, Integer.MAX_VALUE)).isPositive();
    assertThat(warehouse.query(ROWS)).isEqualTo(fresh);
    assertThat(rederive(AFTER, Integer.MAX_VALUE)).isZero();

    List<List<String>> third = rowsOf(states, THIRD);
    load(states, AFTER);
    rederive(THIRD, Integer.MAX_VALUE);
    assertThat(warehouse.query(ROWS)).isEqualTo(third);
    load(states, THIRD);
    assertThat(warehouse.query(ROWS)).isEqualTo(third);
  }

  @Test
  void ofARowOfBeforeAllButItsAmountsIsDerivedAgain() throws Exception {
    load(
        List.of(
            state(
                1,
                "order_id",
                "O",
                "platform",
                "tiki",
                "payment_method",
                "momo",
                "status",
                "bom",
                "total_amount_vnd",
                "240000.4",
                "order_date",
                DAY)),
        BEFORE);
    warehouse.execute("UPDATE fact_sales SET said = NULL");
    assertThat(rederive(AFTER, 1)).isEqualTo(1);
    assertThat(
            warehouse.query(
                "SELECT is_counted, status_group, total_amount_vnd, total_amount_usd, said IS NULL"
                    + " FROM fact_sales"))
        .containsExactly(List.of("f", "failed", "240000", "10.0000", "t"));
    assertThat(rederive(AFTER, 1)).isZero();
  }

  @Test
  void anAmountThatWouldNotFitLeavesItsRowAsItWas() throws Exception {
    load(
        List.of(
            state(1, "order_id", "A", "total_amount_usd", "10"),
            state(2, "order_id", "B", "total_amount_usd", "99999999999999")),
        BEFORE);
    RederivedFacts<EnrichedSale> facts =
        new RederivedFacts<>(new FactSales(rules("exchangeRate: [{rate: 1e10}]")), 100);
    try (Connection connection = Postgres.open(warehouse.address())) {
      connection.setAutoCommit(false);
      assertThat(facts.page(connection, "")).isEqualTo(new RederivedFacts.Page(null, 2, 1, 1));
      connection.commit();
    }
    assertThat(warehouse.query("SELECT total_amount_vnd FROM fact_sales ORDER BY order_id"))
        .containsExactly(List.of("100000000000"), List.of("2399999999999976000"));
  }

  @Test
  void whoeverWritesByRulesThatAreNoLongerInForceWritesAndRejectsNothing() throws Exception {
    try (Connection connection = Postgres.open(warehouse.address())) {
      connection.setAutoCommit(false);
      RegisteredRules.register(connection, AFTER);
      connection.commit();
    }
    List<EnrichedSale> sales = sales(states(new Random(5)), BEFORE);
    List<DeadLetter> rejected = new ArrayList<>();
    try (var batches =
        warehouse.writing(new UnderRules<>(BEFORE, new FactWriter<>(new FactSales(BEFORE))))) {
      assertThatThrownBy(() -> batches.write(sales, rejected::add))
          .isInstanceOf(OtherRulesException.class);
    }
    assertThat(rejected).isEmpty();
    assertThat(warehouse.query("SELECT count(*) FROM fact_sales")).containsExactly(List.of("0"));
    try (var batches =
        warehouse.writing(new UnderRules<>(AFTER, new FactWriter<>(new FactSales(AFTER))))) {
      batches.write(sales(states(new Random(5)), AFTER), TestWarehouse::refuse);
    }
    assertThat(warehouse.query("SELECT count(*) FROM fact_sales"))
        .containsExactly(List.of(Integer.toString(ORDERS)));
  }

  /** So many pages of it; how many rows were written. */
  private long rederive(Rules rules, int pages) throws Exception {
    RederivedFacts<EnrichedSale> facts = new RederivedFacts<>(new FactSales(rules), 50);
    long changed = 0;
    try (Connection connection = Postgres.open(warehouse.address())) {
      connection.setAutoCommit(false);
      String last = "";
      for (int page = 0; page < pages && last != null; page++) {
        RederivedFacts.Page done = facts.page(connection, last);
        connection.commit();
        changed += done.changed();
        last = done.lastKey();
      }
    }
    return changed;
  }

  private static final String DAY = "2025-01-05T00:00:00Z";

  private List<SourceRecord> states(Random random) {
    List<SourceRecord> states = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) {
      List<@Nullable String> fields =
          new ArrayList<>(
              List.of("order_id", "O" + i, "order_date", DAY, "quantity", "" + random.nextInt(4)));
      add(fields, random, "platform", "shopee", "CHỢ TỐT", "tiki", "khác");
      add(fields, random, "city", "hn", "Xứ  Nẫu", "sài gòn", "ở đâu");
      add(fields, random, "payment_method", "momo", "Ví Mới", "COD");
      add(fields, random, "status", "bom", "paid");
      for (String amount : List.of("unit_price", "subtotal", "total_amount", "tax_amount")) {
        add(fields, random, amount + "_usd", "12.3456", "7");
        add(fields, random, amount + "_vnd", "310000.55", "99999");
      }
      states.add(state(i, fields.toArray(new String[0])));
    }
    return states;
  }

  /** One of the values, null, or nothing said. */
  private static void add(
      List<@Nullable String> fields, Random random, String name, String... values) {
    int chosen = random.nextInt(values.length + 2);
    if (chosen <= values.length) {
      fields.add(name);
      fields.add(chosen == values.length ? null : values[chosen]);
    }
  }

  private static SourceRecord state(int second, @Nullable String... namesAndValues) {
    List<String> columns = new ArrayList<>();
    List<@Nullable String> values = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.add(namesAndValues[i]);
      values.add(namesAndValues[i + 1]);
    }
    return SourceRecord.create(
        "oltp",
        "orders",
        "cdc_orders/0/" + second,
        Operation.UPSERT,
        COMMITTED + second * 1_000_000L,
        100L + second,
        0,
        columns,
        values);
  }

  private List<List<String>> rowsOf(List<SourceRecord> states, Rules rules) throws Exception {
    empty();
    load(states, rules);
    List<List<String>> rows = warehouse.query(ROWS);
    empty();
    return rows;
  }

  private void load(List<SourceRecord> states, Rules rules) throws Exception {
    try (var batches = warehouse.writing(new FactWriter<>(new FactSales(rules)))) {
      batches.write(sales(states, rules), TestWarehouse::refuse);
    }
  }

  private static List<EnrichedSale> sales(List<SourceRecord> states, Rules rules) throws Exception {
    SaleCleanser cleanser = new SaleCleanser(rules);
    SaleEnricher enricher = new SaleEnricher(rules);
    List<EnrichedSale> sales = new ArrayList<>();
    for (SourceRecord state : states) {
      sales.add(enricher.enrich(cleanser.cleanse(state)));
    }
    return sales;
  }
}
