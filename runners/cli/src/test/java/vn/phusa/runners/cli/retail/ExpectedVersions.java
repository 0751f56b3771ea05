package vn.phusa.runners.cli.retail;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The versions that the dimensions must have when the states of all days have arrived: states by
 * key, sorted by time, equal neighbours collapsed, and the rest of a row from the last state.
 * Versions are maps of their columns that are not null, surrogate keys and marks apart.
 */
final class ExpectedVersions {
  private static final DateTimeFormatter SOURCE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssx");

  private ExpectedVersions() {}

  /**
   * A row as it was from a time on.
   *
   * @param history the attributes whose change opens a version
   * @param newest the attributes of which only the last value counts
   */
  private record State(
      String key, Instant at, Map<String, String> history, Map<String, String> newest) {}

  static Set<Map<String, String>> ofCustomers(List<RetailTables> days) {
    return versions(
        "customer_id", states(days, RetailTables::customers, ExpectedVersions::customer));
  }

  /** Products without any description are known by their orders alone: placeholders. */
  static Set<Map<String, String>> ofProducts(List<RetailTables> days) {
    List<State> states = states(days, RetailTables::products, ExpectedVersions::product);
    Set<Map<String, String>> versions = versions("product_id", states);
    Set<String> known = new HashSet<>();
    states.forEach(state -> known.add(state.key()));
    for (RetailTables day : days) {
      for (List<String> order : day.orders()) {
        if (known.add(order.get(3))) {
          versions.add(
              version("product_id", order.get(3), Instant.parse("1900-01-01T00:00:00Z"), true));
        }
      }
    }
    return versions;
  }

  private static List<State> states(
      List<RetailTables> days,
      Function<RetailTables, List<List<String>>> rows,
      Function<List<String>, State> state) {
    return days.stream().flatMap(day -> rows.apply(day).stream()).distinct().map(state).toList();
  }

  private static Set<Map<String, String>> versions(String keyColumn, List<State> states) {
    Map<String, TreeMap<Instant, State>> byKey = new HashMap<>();
    for (State state : states) {
      byKey.computeIfAbsent(state.key(), k -> new TreeMap<>()).put(state.at(), state);
    }
    Set<Map<String, String>> all = new HashSet<>();
    byKey.forEach(
        (key, sorted) -> {
          List<Map<String, String>> versions = new ArrayList<>();
          Map<String, String> before = null;
          for (State state : sorted.values()) {
            if (!state.history().equals(before)) {
              Map<String, String> version = version(keyColumn, key, state.at(), false);
              version.putAll(state.history());
              version.putAll(sorted.lastEntry().getValue().newest());
              if (!versions.isEmpty()) {
                Map<String, String> last = versions.get(versions.size() - 1);
                last.put("expiry_date", state.at().toString());
                last.put("is_current", "false");
              }
              versions.add(version);
            }
            before = state.history();
          }
          all.addAll(versions);
        });
    return all;
  }

  private static Map<String, String> version(
      String keyColumn, String key, Instant from, boolean inferred) {
    return new TreeMap<>(
        Map.of(
            keyColumn,
            key,
            "effective_date",
            from.toString(),
            "is_current",
            "true",
            "is_deleted",
            "false",
            "is_inferred",
            Boolean.toString(inferred)));
  }

  private static State customer(List<String> row) {
    BigDecimal spending = new BigDecimal(row.get(3)).setScale(4);
    BigDecimal vnd = spending.multiply(new BigDecimal(24_000));
    String segment =
        vnd.compareTo(new BigDecimal(12_000_000)) >= 0
            ? "Premium"
            : vnd.compareTo(new BigDecimal(4_800_000)) >= 0 ? "High_Value" : "Regular";
    return new State(
        row.get(0),
        instant(row.get(5)),
        // No country's name is known as a city, so it stays, in title case.
        Map.of("email", row.get(2), "city", titleCase(row.get(1)), "region", "Unknown"),
        Map.of(
            "monthly_spending_usd",
            spending.toPlainString(),
            "customer_segment_vietnam",
            segment,
            "registration_date",
            row.get(4),
            "preferred_payment_method",
            row.get(6),
            "phone_valid",
            "false",
            "postal_code_valid",
            "false"));
  }

  private static State product(List<String> row) {
    // The operational column has two decimals.
    BigDecimal price = new BigDecimal(row.get(4)).setScale(2, RoundingMode.HALF_UP);
    Map<String, String> history = new HashMap<>();
    String name = row.get(1).replaceAll("\\s+", " ").strip();
    if (!name.isEmpty()) {
      history.put("name", name);
    }
    history.put("category", row.get(2));
    history.put("vietnam_category", "Nhà cửa & Đời sống");
    history.put("price_usd", price.setScale(4).toPlainString());
    history.put(
        "price_vnd",
        price.multiply(new BigDecimal(24_000)).setScale(0, RoundingMode.HALF_UP).toPlainString());
    return new State(row.get(0), instant(row.get(5)), history, Map.of("platform", row.get(3)));
  }

  private static Instant instant(String time) {
    return OffsetDateTime.parse(time, SOURCE_TIME).toInstant();
  }

  private static String titleCase(String country) {
    StringBuilder title = new StringBuilder();
    for (String word : country.split(" ")) {
      title.append(title.isEmpty() ? "" : " ");
      title.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return title.toString();
  }
}
