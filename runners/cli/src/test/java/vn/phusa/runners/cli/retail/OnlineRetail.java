package vn.phusa.runners.cli.retail;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shop's days as rows of the operational tables: customers and products change from day to day,
 * order lines are added.
 *
 * <p>A port of a Python script, which computes with floats; so does this. For all 31 days the three
 * CSV files were compared with the script's own, and were the same byte for byte.
 */
final class OnlineRetail {
  private final Map<String, List<String>> customers = new LinkedHashMap<>();
  private final Map<String, Double> spending = new HashMap<>();
  private final Map<String, List<String>> products = new LinkedHashMap<>();
  private final List<List<String>> orders = new ArrayList<>();

  /** The operational tables after each of the days, which are in ascending order. */
  static List<RetailTables> afterEach(List<List<RetailLine>> days) {
    OnlineRetail shop = new OnlineRetail();
    List<RetailTables> tables = new ArrayList<>();
    for (List<RetailLine> lines : days) {
      tables.add(shop.after(lines));
    }
    return tables;
  }

  private RetailTables after(List<RetailLine> lines) {
    LocalDate day = lines.get(0).day();
    Map<String, Integer> numbers = new HashMap<>();
    for (RetailLine line : lines) {
      addCustomer(line);
      addProduct(line);
      addOrder(line, numbers.merge(line.invoice(), 1, Integer::sum));
    }
    return new RetailTables(
        day, List.copyOf(customers.values()), List.copyOf(products.values()), List.copyOf(orders));
  }

  private static String customerId(RetailLine line) {
    String id = line.customer();
    return id.endsWith(".0") ? id.substring(0, id.length() - 2) : id;
  }

  private static String instant(RetailLine line) {
    return line.time() + "+07";
  }

  private void addCustomer(RetailLine line) {
    String id = customerId(line);
    if (id.isEmpty()) {
      return;
    }
    double spent =
        round(
            spending.getOrDefault(id, 0.0) + line.quantity() * Double.parseDouble(line.unitPrice()),
            2);
    spending.put(id, spent);
    String registered =
        customers.containsKey(id) ? customers.get(id).get(4) : line.day().toString();
    customers.put(
        id,
        List.of(
            id,
            line.country(),
            "u" + id + "@mail.example",
            text(spent),
            registered,
            instant(line),
            RetailDeal.payment(line.invoice())));
  }

  private void addProduct(RetailLine line) {
    if (!line.description().isEmpty()) {
      products.put(
          line.stockCode(),
          List.of(
              line.stockCode(),
              line.description().strip(),
              "home_garden",
              RetailDeal.platform(line.stockCode()),
              line.unitPrice(),
              instant(line)));
    }
  }

  private void addOrder(RetailLine line, int number) {
    double subtotal = round(line.quantity() * Double.parseDouble(line.unitPrice()), 4);
    orders.add(
        List.of(
            line.invoice() + "-" + number,
            line.invoice(),
            customerId(line),
            line.stockCode(),
            RetailDeal.platform(line.invoice()),
            RetailDeal.city(line),
            Integer.toString(line.quantity()),
            line.unitPrice(),
            text(subtotal),
            "0",
            text(round(subtotal * 0.1, 4)),
            line.quantity() > 0 ? "1" : "0",
            text(round(subtotal * 1.1, 4)),
            text(round(subtotal * 0.2, 4)),
            RetailDeal.payment(line.invoice()),
            Boolean.toString(RetailDeal.promotion(line.invoice())),
            line.isCancelled() ? "cancelled" : "completed",
            instant(line),
            instant(line)));
  }

  /** Python's round: of the float's exact value, half to even, and the sign of a zero stays. */
  private static double round(double value, int decimals) {
    double rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, value);
  }

  /** Python's text of a float with few decimals. */
  private static String text(double value) {
    BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
    String text = (exact.scale() < 1 ? exact.setScale(1) : exact).toPlainString();
    return value == 0 && 1 / value < 0 ? "-" + text : text;
  }
}
