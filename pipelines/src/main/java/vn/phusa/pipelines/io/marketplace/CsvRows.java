package vn.phusa.pipelines.io.marketplace;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Rows of a CSV file with a header as JSON objects of texts. A quoted field may hold line ends; a
 * quote that is never closed costs its own line only, and not the rest of the file.
 */
final class CsvRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader CSV =
      new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);
  private static final int MOST_LINES_A_ROW = 200;
  private static final String DELIMITERS = ",;\t|";

  private final FeedLines lines;
  private final ObjectReader format;
  private final List<String> header;

  private CsvRows(FeedLines lines, ObjectReader format, List<String> header) {
    this.lines = lines;
    this.format = format;
    this.header = header;
  }

  /**
   * Reads the header.
   *
   * @return null for an empty file
   * @throws IOException if the first line is no header; the message shows none of it
   */
  static @Nullable CsvRows of(FeedLines lines) throws IOException {
    FeedLines.Line first = lines.next();
    while (first != null && first.text().isBlank()) {
      first = lines.next();
    }
    if (first == null) {
      return null;
    }
    ObjectReader format =
        CSV.with(CsvSchema.emptySchema().withColumnSeparator(delimiter(first.text())));
    List<String> header = parse(format, first.text());
    if (first.problem() != null
        || header == null
        || header.stream().map(String::strip).distinct().count() != header.size()) {
      throw new IOException("the first line is no header");
    }
    return new CsvRows(lines, format, header.stream().map(String::strip).toList());
  }

  /**
   * A row.
   *
   * @param line the number of its first line
   * @param text as it stands in the file; as JSON where it is understood
   * @param problem why it cannot be used; null where it can
   */
  record CsvRow(long line, String text, @Nullable String problem) {}

  /** The next row; null after the last. */
  @Nullable CsvRow next() throws IOException {
    FeedLines.Line first = lines.next();
    while (first != null && first.text().isBlank() && first.problem() == null) {
      first = lines.next();
    }
    if (first == null) {
      return null;
    }
    String text = whole(first);
    if (text == null) {
      return new CsvRow(first.number(), first.text(), "open_quote");
    }
    if (first.problem() != null) {
      return new CsvRow(first.number(), text, first.problem());
    }
    List<String> fields = parse(format, text);
    if (fields == null) {
      return new CsvRow(first.number(), text, "not_csv");
    }
    if (fields.size() != header.size()) {
      return new CsvRow(first.number(), text, "wrong_columns");
    }
    ObjectNode row = JSON.createObjectNode();
    for (int i = 0; i < header.size(); i++) {
      row.put(header.get(i), fields.get(i));
    }
    return new CsvRow(first.number(), JSON.writeValueAsString(row), null);
  }

  /** The row's lines; null if a quote is not closed: then only the first line was taken. */
  private @Nullable String whole(FeedLines.Line first) throws IOException {
    if (!isOpen(first.text(), false)) {
      return first.text();
    }
    StringBuilder text = new StringBuilder(first.text());
    Deque<FeedLines.Line> taken = new ArrayDeque<>();
    boolean open = true;
    while (open && taken.size() < MOST_LINES_A_ROW) {
      FeedLines.Line line = lines.next();
      if (line == null) {
        break;
      }
      taken.push(line);
      text.append('\n').append(line.text());
      open = isOpen(line.text(), true);
    }
    if (open) {
      taken.forEach(lines::putBack);
      return null;
    }
    return text.toString();
  }

  private static boolean isOpen(String text, boolean open) {
    return (text.chars().filter(c -> c == '"').count() % 2 == 1) != open;
  }

  private static @Nullable List<String> parse(ObjectReader format, String text) {
    try (MappingIterator<String[]> rows = format.readValues(text)) {
      List<String[]> all = rows.readAll();
      return all.size() == 1 ? List.of(all.get(0)) : null;
    } catch (IOException | RuntimeException e) {
      // The parser's message may quote the row.
      return null;
    }
  }

  private static char delimiter(String header) {
    char best = DELIMITERS.charAt(0);
    long most = 0;
    for (char c : DELIMITERS.toCharArray()) {
      long count = header.chars().filter(h -> h == c).count();
      if (count > most) {
        most = count;
        best = c;
      }
    }
    return best;
  }
}
