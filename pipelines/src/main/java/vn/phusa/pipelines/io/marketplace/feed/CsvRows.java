package vn.phusa.pipelines.io.marketplace.feed;

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
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimits;
import vn.phusa.transforms.errors.Reason;

/**
 * Rows of a CSV file with a header as JSON objects of texts. A quoted field may hold line ends; a
 * quote that is not closed, or not closed where it should be, costs its own line only, and not the
 * rest of the file.
 */
final class CsvRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader CSV =
      new CsvMapper().readerFor(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);
  private static final int MAX_LINES_A_ROW = 200;
  private static final String DELIMITERS = ",;\t|";

  private static final int MAX_COLUMNS = 2_000;

  /** It stands in every row. */
  private static final int MAX_NAME_CHARACTERS = 200;

  private final FeedLines lines;
  private final FeedLimits limits;
  private final char delimiter;
  private final ObjectReader format;
  private final List<String> header;

  private CsvRows(
      FeedLines lines,
      FeedLimits limits,
      char delimiter,
      ObjectReader format,
      List<String> header) {
    this.lines = lines;
    this.limits = limits;
    this.delimiter = delimiter;
    this.format = format;
    this.header = header;
  }

  /** That a file does not begin with the names of its columns, each other than the others. */
  static final class NoHeaderException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Reads the header.
   *
   * @return null for an empty file
   * @throws NoHeaderException if the first line is no header
   * @throws FeedLimitException if there are more columns than anybody has, or longer names
   */
  static @Nullable CsvRows of(FeedLines lines, FeedLimits limits) throws IOException {
    FeedLines.Line first = lines.next();
    while (first != null && first.text().isBlank()) {
      first = lines.next();
    }
    if (first == null) {
      return null;
    }
    char delimiter = delimiter(first.text());
    ObjectReader format = CSV.with(CsvSchema.emptySchema().withColumnSeparator(delimiter));
    List<String> header = parse(format, first.text());
    if (first.problem() != null
        || header == null
        || header.stream().map(String::strip).distinct().count() != header.size()) {
      throw new NoHeaderException();
    }
    if (header.size() > MAX_COLUMNS
        || header.stream().anyMatch(column -> column.length() > MAX_NAME_CHARACTERS)) {
      throw FeedLimitException.of(
          "has more than "
              + MAX_COLUMNS
              + " columns, or a column's name of more than "
              + MAX_NAME_CHARACTERS
              + " characters");
    }
    return new CsvRows(
        lines, limits, delimiter, format, header.stream().map(String::strip).toList());
  }

  /**
   * A row.
   *
   * @param line the number of its first line
   * @param text as it stands in the file; as JSON where it is understood
   * @param problem why it cannot be used; null where it can
   */
  record CsvRow(long line, String text, @Nullable Reason problem) {}

  /** The next row; null after the last. */
  @Nullable CsvRow next() throws IOException {
    FeedLines.Line first = lines.next();
    while (first != null && first.text().isBlank() && first.problem() == null) {
      first = lines.next();
    }
    if (first == null) {
      return null;
    }
    if (Reason.TOO_LONG.equals(first.problem())) {
      return new CsvRow(first.number(), first.text(), first.problem());
    }
    CsvQuotes quotes = new CsvQuotes(delimiter);
    return quotes.isOpenAfter(first.text())
        ? ofLines(first, quotes)
        : row(first, first.text(), first.problem(), parse(format, first.text()));
  }

  /** The row that begins with a line; that line alone if it and those after it are no row. */
  private CsvRow ofLines(FeedLines.Line first, CsvQuotes quotes) throws IOException {
    StringBuilder text = new StringBuilder(first.text());
    Reason problem = first.problem();
    Deque<FeedLines.Line> taken = new ArrayDeque<>();
    boolean open = true;
    while (open && taken.size() < MAX_LINES_A_ROW && text.length() <= limits.rowBytes()) {
      FeedLines.Line line = lines.next();
      if (line == null) {
        break;
      }
      taken.push(line);
      text.append('\n').append(line.text());
      problem = problem == null ? line.problem() : problem;
      open = quotes.isOpenAfter(line.text());
    }
    boolean tooLong = text.length() > limits.rowBytes();
    List<String> fields = open || tooLong ? null : parse(format, text.toString());
    if (fields == null) {
      taken.forEach(lines::putBack);
      return new CsvRow(
          first.number(), first.text(), tooLong ? Reason.TOO_LONG : Reason.OPEN_QUOTE);
    }
    return row(first, text.toString(), problem, fields);
  }

  private CsvRow row(
      FeedLines.Line first, String text, @Nullable Reason problem, @Nullable List<String> fields)
      throws IOException {
    if (problem != null) {
      return new CsvRow(first.number(), text, problem);
    }
    if (fields == null) {
      return new CsvRow(first.number(), text, Reason.NOT_CSV);
    }
    if (fields.size() != header.size()) {
      return new CsvRow(first.number(), text, Reason.WRONG_COLUMNS);
    }
    if (fields.stream().anyMatch(field -> field.length() > limits.fieldCharacters())) {
      return new CsvRow(first.number(), text, Reason.FIELD_TOO_LONG);
    }
    ObjectNode row = JSON.createObjectNode();
    for (int i = 0; i < header.size(); i++) {
      row.put(header.get(i), fields.get(i));
    }
    return new CsvRow(first.number(), JSON.writeValueAsString(row), null);
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
