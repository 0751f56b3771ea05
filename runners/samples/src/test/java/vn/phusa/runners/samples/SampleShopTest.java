package vn.phusa.runners.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SampleShopTest {
  private static final Instant UNTIL = Instant.parse("2026-06-30T17:00:00Z");
  private static final Instant OPENING =
      SalesCalendar.OPENING.atStartOfDay().toInstant(SalesCalendar.VIETNAM);
  private static final ShopPlan PLAN = ShopPlan.of(7, 3_000, 40_000, UNTIL);
  private static final List<OrderLine> LINES = lines(PLAN);

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(lines(PLAN)).isEqualTo(LINES);
    assertThat(text(customers(PLAN))).isEqualTo(text(customers(PLAN)));
    assertThat(text(products(PLAN))).isEqualTo(text(products(PLAN)));
  }

  /** Saved figures elsewhere rest on these rows: a change of the generator must be meant. */
  @Test
  void isTheSameInEveryVersion() {
    CopyLine orders = new CopyLine();
    LINES.forEach(line -> line.write(orders));
    CRC32 sum = new CRC32();
    for (String text : List.of(text(customers(PLAN)), text(products(PLAN)), orders.take())) {
      sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Long.toHexString(sum.getValue())).isEqualTo("b3b69698");
  }

  @Test
  void isAnotherShopForAnotherSeed() {
    ShopPlan other = ShopPlan.of(8, 3_000, 40_000, UNTIL);
    assertThat(lines(other)).isNotEqualTo(LINES);
    assertThat(text(customers(other))).isNotEqualTo(text(customers(PLAN)));
  }

  @Test
  void hasExactlyTheRowsAskedFor() {
    assertThat(LINES).hasSize(40_000);
    assertThat(LINES).extracting(OrderLine::orderId).doesNotHaveDuplicates();
    assertThat(rows(customers(PLAN))).hasSize(3_001);
    assertThat(rows(products(PLAN))).hasSize(401);
    assertThat(lines(ShopPlan.of(7, 1, 0, UNTIL))).isEmpty();
    assertThat(lines(ShopPlan.of(7, 1, 1, UNTIL))).hasSize(1);
  }

  @Test
  void sellsOnEveryPlatformByEveryMeans() {
    assertThat(lowered(OrderLine::platform)).containsAll(lowered(SamplePlatforms.KNOWN));
    assertThat(lowered(OrderLine::paymentMethod)).containsAll(lowered(SamplePlatforms.PAYMENTS));
    assertThat(values(OrderLine::platform)).contains("shopee", "SHOPEE", "Shopee", "Website", "");
    assertThat(values(OrderLine::status))
        .contains("completed", "cancelled", "returned", "pending", "processing", "shipped");
  }

  @Test
  void hasNullsInEveryColumnThatMayBeNull() {
    List<Function<OrderLine, Object>> columns =
        List.of(
            OrderLine::orderNumber,
            OrderLine::customerId,
            OrderLine::productId,
            OrderLine::platform,
            OrderLine::city,
            OrderLine::quantity,
            OrderLine::unitPrice,
            OrderLine::subtotal,
            OrderLine::discount,
            OrderLine::tax,
            OrderLine::shipping,
            OrderLine::total,
            OrderLine::profit,
            OrderLine::paymentMethod,
            OrderLine::promotion,
            OrderLine::status,
            OrderLine::orderDate);
    for (int i = 0; i < columns.size(); i++) {
      Function<OrderLine, Object> column = columns.get(i);
      long nulls = LINES.stream().filter(line -> column.apply(line) == null).count();
      assertThat(nulls).as("nulls in column %d", i).isBetween(1L, 4_000L);
    }
    for (int column : List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)) {
      assertThat(column(customers(PLAN), column)).as("customers %d", column).contains("\\N");
    }
  }

  @Test
  void hasTheDirtOfRealTables() {
    assertThat(LINES).anyMatch(line -> line.quantity() != null && line.quantity() < 0);
    assertThat(LINES).anyMatch(line -> line.quantity() != null && line.quantity() == 0);
    assertThat(LINES).anyMatch(line -> line.unitPrice() != null && line.unitPrice() < 0);
    assertThat(LINES).anyMatch(line -> line.unitPrice() != null && line.unitPrice() == 0);
    assertThat(values(OrderLine::customerId)).contains("").anyMatch(id -> id.startsWith("CX"));
    assertThat(values(OrderLine::productId)).contains("").anyMatch(id -> id.startsWith("PX"));
    assertThat(LINES)
        .anyMatch(
            line -> dated(line) && line.orderDate().isBefore(Instant.parse("2009-01-01T00:00:00Z")))
        .anyMatch(
            line -> dated(line) && line.orderDate().isAfter(Instant.parse("2032-12-31T17:00:00Z")));
    assertThat(LINES.stream().map(line -> line.again("")).distinct().count()).isLessThan(40_000);

    assertThat(column(customers(PLAN), 1))
        .contains("")
        .anyMatch(name -> !Normalizer.isNormalized(name, Normalizer.Form.NFC))
        .anyMatch(name -> name.equals(name.toUpperCase(Locale.ROOT)) && name.length() > 3)
        .anyMatch(name -> name.contains("\u00A0"));
    assertThat(column(customers(PLAN), 3))
        .anyMatch(phone -> phone.endsWith(".0"))
        .anyMatch(phone -> phone.startsWith("0084"))
        .anyMatch(phone -> phone.startsWith("84"))
        .anyMatch(phone -> phone.startsWith("+84"))
        .anyMatch(phone -> phone.matches("0[0-9]{3} [0-9]{3} [0-9]{3}"))
        .anyMatch(phone -> phone.matches("01[0-9]{9}"))
        .anyMatch(phone -> phone.contains(" / 0"))
        .anyMatch(phone -> phone.matches(".*[a-zô].*"));
    assertThat(column(customers(PLAN), 7))
        .contains("tp hcm", "Sài Gòn", "HN", "tỉnh Đồng Nai", "Cần Thơ", "nha trang")
        .anyMatch(city -> city.equals("Singapore") || city.equals("Tokyo"));
    assertThat(Set.copyOf(column(customers(PLAN), 2)).size())
        .as("people under two ids")
        .isLessThan(3_000);
  }

  @Test
  void groupsLinesToBaskets() {
    Map<String, Long> sizes =
        LINES.stream()
            .filter(line -> line.orderNumber() != null)
            .collect(Collectors.groupingBy(OrderLine::orderNumber, Collectors.counting()));
    assertThat(sizes.values()).contains(1L, 2L, 3L, 5L);
  }

  @Test
  void addsUp() {
    long checked =
        LINES.stream()
            .filter(line -> !"returned".equals(line.status()))
            .filter(
                line -> line.subtotal() != null && line.discount() != null && line.tax() != null)
            .filter(line -> line.shipping() != null && line.total() != null)
            .peek(
                line ->
                    assertThat(line.total())
                        .isEqualTo(
                            line.subtotal() - line.discount() + line.tax() + line.shipping()))
            .count();
    assertThat(checked).isGreaterThan(35_000);
  }

  @Test
  void spreadsOverTheHistoryAndNotBeyond() {
    assertThat(LINES).allMatch(line -> !line.lastModified().isAfter(UNTIL));
    assertThat(LINES).allMatch(line -> !line.createdAt().isBefore(OPENING));
    assertThat(LINES).allMatch(line -> !line.lastModified().isBefore(line.createdAt()));
    Set<Integer> years =
        LINES.stream()
            .map(line -> line.createdAt().atOffset(SalesCalendar.VIETNAM).getYear())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(years).containsExactly(2023, 2024, 2025, 2026);
  }

  @Test
  void sellsMoreOnFestivalsAndHardlyAtTet() {
    Map<LocalDate, Long> days =
        LINES.stream()
            .collect(
                Collectors.groupingBy(
                    line -> line.createdAt().atOffset(SalesCalendar.VIETNAM).toLocalDate(),
                    Collectors.counting()));
    double ordinary = 40_000.0 / 1_277;
    assertThat(days.get(LocalDate.of(2024, 9, 9))).isGreaterThan((long) (1.5 * ordinary));
    assertThat(days.get(LocalDate.of(2024, 11, 11))).isGreaterThan((long) (3 * ordinary));
    assertThat(days.get(LocalDate.of(2024, 12, 12))).isGreaterThan((long) (2.5 * ordinary));
    assertThat(days.get(LocalDate.of(2025, 1, 20))).isGreaterThan((long) ordinary);
    assertThat(days.getOrDefault(LocalDate.of(2025, 1, 29), 0L))
        .isLessThan((long) (0.5 * ordinary));
  }

  @Test
  void refusesWhatCannotBeAShop() {
    assertThatThrownBy(() -> SampleShop.create(1, 0, 10, UNTIL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SampleShop.create(1, 10, 10, Instant.parse("2022-01-01T00:00:00Z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean dated(OrderLine line) {
    return line.orderDate() != null;
  }

  private static List<OrderLine> lines(ShopPlan plan) {
    SampleHistory history = new SampleHistory(plan, new SalesCalendar(plan.until()));
    List<OrderLine> all = new ArrayList<>();
    while (history.hasNext()) {
      all.addAll(history.next());
    }
    return all;
  }

  private static Set<String> values(Function<OrderLine, String> column) {
    return LINES.stream().map(column).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  private static Set<String> lowered(Function<OrderLine, String> column) {
    return lowered(values(column));
  }

  private static Set<String> lowered(Iterable<String> names) {
    Set<String> lower = new TreeSet<>();
    names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    return lower;
  }

  private static SampleTable.Rows customers(ShopPlan plan) {
    return new CustomerRows(plan, new SalesCalendar(plan.until()));
  }

  private static SampleTable.Rows products(ShopPlan plan) {
    return new ProductRows(plan, new SalesCalendar(plan.until()));
  }

  private static String text(SampleTable.Rows rows) {
    CopyLine line = new CopyLine();
    while (rows.writeNext(line)) {
      assertThat(line.length()).isPositive();
    }
    return line.take();
  }

  private static List<String> rows(SampleTable.Rows rows) {
    return List.of(text(rows).split("\n"));
  }

  private static List<String> column(SampleTable.Rows rows, int column) {
    return rows(rows).stream().map(row -> row.split("\t", -1)[column]).toList();
  }
}
