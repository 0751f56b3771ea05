package vn.phusa.runners.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.step.RowCounts;

/**
 * Two states of a catalogue, as real ones are written: prices in dong, tabs, invisible characters,
 * text that is neither NFC nor NFD, ratings of 0 that mean none, ids that stand twice with
 * different rows. The versions are those that a few lines of this test compute.
 */
class StagedHistoryIT extends StagedWarehouseTest {
  private static final Instant FIRST = Instant.parse("2025-03-01T02:00:00Z");
  private static final Instant SECOND = Instant.parse("2025-03-08T02:00:00Z");
  private static final int PRODUCTS = 60;

  /** What a row says, plainly. */
  private record State(String name, String brand, long price, String rating) {
    String version() {
      return "%s|%s|%d|%s"
          .formatted(
              name,
              brand,
              price,
              BigDecimal.valueOf(price)
                  .divide(BigDecimal.valueOf(24_000), 4, RoundingMode.HALF_UP));
    }
  }

  @Test
  void twoStatesOfACatalogueGiveTheVersionsOfTheReference() throws Exception {
    Random random = new Random(11);
    Map<String, State> first = new TreeMap<>();
    Map<String, State> second = new TreeMap<>();
    for (int i = 0; i < PRODUCTS; i++) {
      String id = "p" + i;
      State state =
          new State(
              "Điện thoại số " + i,
              i % 5 == 0 ? null : "Hãng",
              1_000L + random.nextInt(50_000_000),
              i % 3 == 0 ? "0" : "4.5");
      first.put(id, state);
      second.put(
          id,
          switch (i % 4) {
            case 0 -> state;
            case 1 -> new State(state.name(), state.brand(), state.price() + 1_000, state.rating());
            case 2 ->
                new State(state.name() + " mới", state.brand(), state.price(), state.rating());
            // Only what is not kept as history.
            default -> new State(state.name(), state.brand(), state.price(), "3.0");
          });
    }

    stage(first, FIRST, random);
    RowCounts loaded = loadAt(FIRST.plusSeconds(60));
    assertThat(loaded.isConserved()).isTrue();
    assertThat(loaded.versionsOpened()).isEqualTo(PRODUCTS);
    stage(second, SECOND, random);
    assertThat(loadAt(SECOND.plusSeconds(60)).isConserved()).isTrue();

    List<String> expected = new ArrayList<>();
    first.forEach(
        (id, before) -> {
          State after = second.get(id);
          boolean changed = !before.version().equals(after.version());
          expected.add(row(id, before, FIRST, changed ? SECOND : null, after.rating()));
          if (changed) {
            expected.add(row(id, after, SECOND, null, after.rating()));
          }
        });
    Collections.sort(expected);
    List<String> versions =
        warehouse.query(
            "SELECT product_id, name, brand, price_vnd, price_usd, effective_date,"
                + " expiry_date, rating"
                + " FROM dim_product WHERE product_key <> -1");
    Collections.sort(versions);
    assertThat(versions).isEqualTo(expected);
    assertThat(warehouse.query("SELECT DISTINCT platform FROM dim_product WHERE product_key <> -1"))
        .containsExactly("FPTShop");
  }

  private RowCounts loadAt(Instant now) throws Exception {
    warehouse.setNow(now);
    return warehouse.loadStaged("--waveRows=170").get("load-dimensions/fptshop/products");
  }

  private void stage(Map<String, State> states, Instant updated, Random random) {
    List<String> ids = new ArrayList<>(states.keySet());
    Collections.shuffle(ids, random);
    for (String id : ids) {
      State state = states.get(id);
      // Another row of the same id that stood before it in the file: staging keeps the last.
      if (random.nextInt(4) == 0) {
        warehouse.stage("fptshop", "product", id, updated, updated, payload(id, "cũ", state));
      }
      warehouse.stage(
          "fptshop", "product", id, updated, updated, payload(id, mangled(state.name()), state));
    }
  }

  private static String payload(String id, String name, State state) {
    return "{\"id\":\"%s\",\"name\":\"%s\",\"brand\":%s,\"price\":\"%,d\",\"rating\":\"%s\",\"reviews\":\"%s\",\"x\":[{}]}"
        .formatted(
            id,
            name,
            state.brand() == null ? "\" \"" : "\"\u200b" + mangled(state.brand()) + "\\t\"",
            state.price(),
            state.rating(),
            state.rating().equals("0") ? "0" : "12");
  }

  /** Half decomposed, with a tab, a no-break space and characters that nobody sees. */
  private static String mangled(String text) {
    int half = text.length() / 2;
    return "\\t"
        + Normalizer.normalize(text.substring(0, half), Normalizer.Form.NFD)
        + "\ufeff"
        + text.substring(half).replace(" ", "\u00a0 ")
        + "\u200b ";
  }

  private static String row(String id, State state, Instant from, Instant to, String rating) {
    return String.join(
        "|",
        "fptshop:" + id,
        state.version(),
        time(from),
        to == null ? "null" : time(to),
        rating.equals("0") ? "null" : new BigDecimal(rating).setScale(2).toString());
  }

  private static String time(Instant instant) {
    return instant.toString().replace("T", " ").replace("Z", "+00");
  }
}
