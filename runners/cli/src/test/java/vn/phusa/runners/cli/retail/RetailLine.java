package vn.phusa.runners.cli.retail;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of an invoice, as the shop's CSV has it.
 *
 * @param time the shop's local time, "2011-01-16 10:12:00"
 * @param unitPrice as it was written
 * @param customer "17850.0", or empty
 */
record RetailLine(
    String invoice,
    String stockCode,
    String description,
    int quantity,
    String time,
    String unitPrice,
    String customer,
    String country) {

  private static final String HEADER =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

  static List<RetailLine> read(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
    if (!lines.get(0).equals(HEADER)) {
      throw new IOException(csv + " begins with " + lines.get(0));
    }
    return lines.stream().skip(1).map(RetailLine::parse).toList();
  }

  private static RetailLine parse(String line) {
    List<String> f = fields(line);
    return new RetailLine(
        f.get(0),
        f.get(1),
        f.get(2),
        Integer.parseInt(f.get(3)),
        f.get(4),
        f.get(5),
        f.get(6),
        f.get(7));
  }

  /** Fields between commas; a quoted one may hold commas, and quotes that are doubled. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c != '"') {
        field.append(c);
      } else if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else {
        quoted = !quoted;
      }
    }
    fields.add(field.toString());
    return fields;
  }

  LocalDate day() {
    return LocalDate.parse(time.substring(0, 10));
  }

  BigDecimal price() {
    return new BigDecimal(unitPrice);
  }

  boolean isCancelled() {
    return invoice.startsWith("C");
  }
}
