package vn.phusa.pipelines.io.warehouse.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.cleansing.SaleCleanser;
import vn.phusa.transforms.enrichment.SaleEnricher;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.model.SourceRecord;
import vn.phusa.transforms.rules.Rules;

/** What a state is known by is what its source said, whatever rules made of it. */
class SaidPropertyTest {
  private static final Rules OTHERS =
      Rules.load(
          new StringReader(
              "exchangeRate: [{rate: 25000}]\nvat: {kind: included}\n"
                  + "platforms: [Lazada, Shopee, Tiki, Sendo, FPTShop, CellphoneS, ChoTot]\n"
                  + "paymentMethods: {momo: MoMo}\ncities: {aliases: {xa: Hue}}\n"
                  + "orderStatuses: {words: {bom: failed}}"));
  private static final Way BEFORE = new Way(Rules.defaults());
  private static final Way AFTER = new Way(OTHERS);

  private record Way(SaleCleanser cleanser, SaleEnricher enricher, FactSales table) {
    Way(Rules rules) {
      this(new SaleCleanser(rules), new SaleEnricher(rules), new FactSales(rules));
    }

    EnrichedSale sale(Map<String, @Nullable String> fields) throws RejectedException {
      return enricher.enrich(
          cleanser.cleanse(
              SourceRecord.create(
                  "oltp",
                  "orders",
                  "p",
                  Operation.UPSERT,
                  1L,
                  1L,
                  0,
                  List.copyOf(fields.keySet()),
                  new ArrayList<>(fields.values()))));
    }
  }

  @Property(tries = 10_000)
  void rulesDoNotDecideWhichStateItIs(@ForAll("records") Map<String, @Nullable String> fields)
      throws Exception {
    EnrichedSale before = BEFORE.sale(fields);
    EnrichedSale after = AFTER.sale(fields);
    assertThat(AFTER.table().toRow(after).contentHash())
        .isEqualTo(BEFORE.table().toRow(before).contentHash());
    // And what was said is enough for any rules.
    EnrichedSale again = new SaleDerivation(OTHERS).of(before.getSale());
    assertThat(again).isEqualTo(after);
    assertThat(AFTER.table().said().write(again)).isEqualTo(AFTER.table().said().write(after));
  }

  @Property(tries = 10_000)
  void whatIsSaidOtherwiseIsAnotherState(
      @ForAll("records") Map<String, @Nullable String> fields,
      @ForAll("texts") String one,
      @ForAll("texts") String other)
      throws Exception {
    for (String column : List.of("platform", "city", "payment_method", "status")) {
      Map<String, @Nullable String> with = new TreeMap<>(fields);
      with.put(column, one);
      Map<String, @Nullable String> without = new TreeMap<>(fields);
      without.put(column, other);
      assertThat(
              BEFORE
                  .table()
                  .toRow(BEFORE.sale(with))
                  .contentHash()
                  .equals(BEFORE.table().toRow(BEFORE.sale(without)).contentHash()))
          .isEqualTo(one.equals(other));
    }
  }

  @Provide
  Arbitrary<Map<String, @Nullable String>> records() {
    Arbitrary<String> names =
        Arbitraries.of(
            "quantity",
            "unit_price_usd",
            "unit_price_vnd",
            "subtotal_usd",
            "subtotal_vnd",
            "total_amount_usd",
            "total_amount_vnd",
            "tax_amount_vnd",
            "discount_amount_usd",
            "shipping_cost_vnd",
            "platform",
            "city",
            "payment_method",
            "status");
    return Arbitraries.maps(names, Arbitraries.integers().between(0, 3).injectNull(0.1))
        .map(
            chosen -> {
              Map<String, @Nullable String> fields = new TreeMap<>();
              chosen.forEach((name, value) -> fields.put(name, value(name, value)));
              fields.put("order_id", "O");
              fields.put("order_date", "2025-01-05");
              return fields;
            });
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("tiki", "Tiki", "CHOTOT", "ChoTot", "xa", "Xa", "momo", "MoMo", "bom");
  }

  private static @Nullable String value(String name, @Nullable Integer choice) {
    if (choice == null) {
      return null;
    }
    return switch (name) {
      case "platform" -> List.of("tiki", "Tiki", "CHOTOT", "x").get(choice);
      case "city" -> List.of("xa", "hn", "Hanoi", "").get(choice);
      case "payment_method" -> List.of("momo", "COD", "cod", "y").get(choice);
      case "status" -> List.of("bom", "paid", "", "z").get(choice);
      case "quantity" -> String.valueOf(choice - 1);
      default -> List.of("0", "12.3456", "310000.55", "-7").get(choice);
    };
  }
}
