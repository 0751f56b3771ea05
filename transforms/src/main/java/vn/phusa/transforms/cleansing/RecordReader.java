package vn.phusa.transforms.cleansing;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.StorableText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Reads typed fields from one {@link SourceRecord} after the other. An absent field reads as null;
 * an empty number, date, time or boolean is null (what a file of comma separated values has for
 * it).
 *
 * <p>The place of each field is found once per list of columns and not once per record. Not safe
 * for several threads.
 */
final class RecordReader {

  /** An index entry of PostgreSQL holds at most a third of a page of 8 KB; rounded down. */
  static final int MAX_KEY_BYTES = 2_000;

  /** The natural key of the dimensions' unknown row. */
  private static final String RESERVED_KEY = "-1";

  private static final int MAX_LAYOUTS = 1_000;
  private static final int USD_DIGITS = 14;
  private static final int USD_SCALE = 4;
  private static final int VND_DIGITS = 22;

  /** A number of a billion decimals would take for ever to divide. */
  private static final int MAX_SCALE = 30;

  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Column[]> attributes = new LinkedHashMap<>();
  private final Map<List<String>, Layout> layouts = new HashMap<>();
  private SourceRecord record;
  private Layout layout;

  /**
   * Where the fields stand in records of one list of columns.
   *
   * @param places by column index; -1 where it is absent
   */
  private record Layout(List<String> names, int[] places, List<String> absent) {}

  /** Declares a field to be read. */
  Column column(String name) {
    Column column = new Column(columns.size(), name);
    columns.add(column);
    return column;
  }

  /** Declares a field that is a column of the warehouse's table and that a change may leave out. */
  Column attribute(String name) {
    Column column = column(name);
    derived(name, column);
    return column;
  }

  /** Declares a column of the dimension that is absent where all of its origins are. */
  void derived(String attribute, Column... origins) {
    attributes.put(attribute, origins);
  }

  /** Turns to the next record. */
  void open(SourceRecord next) {
    record = next;
    List<String> names = next.getColumns();
    if (layout == null || layout.names() != names && !layout.names().equals(names)) {
      if (layouts.size() >= MAX_LAYOUTS) {
        layouts.clear();
      }
      layout = layouts.computeIfAbsent(names, this::resolve);
    }
  }

  /** Rejects a record with a field, read or not, that no text column can hold. */
  void checkCharacters() throws RejectedException {
    List<String> values = record.getValues();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (value != null) {
        checkCharacters(record.getColumns().get(i), value);
      }
    }
  }

  /** The columns of the dimension that the record does not carry. */
  List<String> absent() {
    return layout.absent();
  }

  /** The optional columns that a captured change left out; a whole state leaves out none. */
  List<String> leftOut() {
    return record.getCommitLsn() == null ? List.of() : layout.absent();
  }

  /** Every column of the dimension: what a delete does not carry. */
  List<String> allAttributes() {
    return List.copyOf(attributes.keySet());
  }

  boolean carries(Column column) {
    return layout.places()[column.index()] >= 0;
  }

  /** The field as it came. */
  @Nullable String raw(Column column) {
    int place = layout.places()[column.index()];
    return place < 0 ? null : record.getValues().get(place);
  }

  /** The field in NFC, otherwise as it came. */
  @Nullable String text(Column column) {
    return FreeText.nfc(raw(column));
  }

  /** The record's own key: opaque, neither empty nor reserved nor too long for an index. */
  String key(Column column) throws RejectedException {
    String key = raw(column);
    if (key == null || key.isEmpty()) {
      throw new RejectedException(Reason.MISSING_KEY, column.name() + " is null or empty");
    }
    if (key.equals(RESERVED_KEY)) {
      throw new RejectedException(Reason.RESERVED_KEY, column.name() + " is the reserved key -1");
    }
    checkCharacters(column.name(), key);
    checkLength(column, key);
    return key;
  }

  /** A key of another row: null where it is empty or the reserved one. */
  @Nullable String foreignKey(Column column) throws RejectedException {
    String key = raw(column);
    if (key == null || key.isEmpty() || key.equals(RESERVED_KEY)) {
      return null;
    }
    checkLength(column, key);
    return key;
  }

  /** US dollars, scale 4, half up; fits numeric(18,4). */
  @Nullable BigDecimal usd(Column column) throws RejectedException {
    return decimal(column, USD_DIGITS, USD_SCALE);
  }

  /** Whole dong, half up; fits numeric(22,0). */
  @Nullable BigDecimal vnd(Column column) throws RejectedException {
    return decimal(column, VND_DIGITS, 0);
  }

  /** A number rounded half up to the scale, with at most so many digits before the point. */
  @Nullable BigDecimal decimal(Column column, int digits, int scale) throws RejectedException {
    String text = raw(column);
    return isBlank(text) ? null : DecimalParser.parse(text, column.name(), digits, scale);
  }

  /**
   * A number with all its decimals; to be asked for after {@link #decimal} has checked its range.
   */
  @Nullable BigDecimal exactDecimal(Column column) throws RejectedException {
    String text = raw(column);
    if (isBlank(text)) {
      return null;
    }
    BigDecimal exact = DecimalParser.exact(text, column.name());
    return exact.scale() <= MAX_SCALE ? exact : DecimalParser.rounded(exact, MAX_SCALE);
  }

  /** A whole number that fits int4; "3.0" is one. */
  @Nullable Integer integer(Column column) throws RejectedException {
    String text = raw(column);
    if (isBlank(text)) {
      return null;
    }
    BigDecimal whole = DecimalParser.parse(text, column.name(), 10, 0);
    if (text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      if (DecimalParser.exact(text, column.name()).compareTo(whole) != 0) {
        throw new RejectedException(
            Reason.NOT_AN_INTEGER, column.name() + " is not a whole number");
      }
    }
    long value = whole.longValue();
    if (value != (int) value) {
      throw outOfRange(column);
    }
    return (int) value;
  }

  /** Days since 1970-01-01. */
  @Nullable Integer date(Column column) throws RejectedException {
    String text = raw(column);
    if (isBlank(text)) {
      return null;
    }
    long day = TimestampParser.epochDay(text);
    if (day == TimestampParser.MALFORMED) {
      throw new RejectedException(Reason.NOT_A_DATE, column.name() + " is not a date");
    }
    if (day == TimestampParser.OUT_OF_RANGE) {
      throw outOfRange(column);
    }
    return (int) day;
  }

  /** Microseconds since 1970-01-01 UTC. */
  @Nullable Long time(Column column) throws RejectedException {
    String text = raw(column);
    if (isBlank(text)) {
      return null;
    }
    long micros = TimestampParser.micros(text);
    if (micros == TimestampParser.MALFORMED) {
      throw new RejectedException(Reason.NOT_A_TIME, column.name() + " is not a time");
    }
    if (micros == TimestampParser.OUT_OF_RANGE) {
      throw outOfRange(column);
    }
    return micros;
  }

  /** "t", "true", "f", "false", whatever the case. */
  @Nullable Boolean bool(Column column) throws RejectedException {
    String text = raw(column);
    if (isBlank(text)) {
      return null;
    }
    if (text.equalsIgnoreCase("t") || text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("f") || text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new RejectedException(Reason.NOT_A_BOOLEAN, column.name() + " is neither true nor false");
  }

  /**
   * When the record changed. The time that it says is {@code lastModified}, or the commit time
   * where it says none; a delete's is the commit time where that is known, since a row that is gone
   * says when it was last there.
   */
  ChangeStamp stamp(Column lastModified) throws RejectedException {
    Long said = RecordStamp.isOfCommit(record) ? null : time(lastModified);
    return RecordStamp.of(record, said, lastModified.name());
  }

  private Layout resolve(List<String> names) {
    int[] places = columns.stream().mapToInt(c -> names.indexOf(c.name())).toArray();
    List<String> absent = new ArrayList<>();
    attributes.forEach(
        (attribute, origins) -> {
          boolean carried = false;
          for (Column origin : origins) {
            carried |= places[origin.index()] >= 0;
          }
          if (!carried) {
            absent.add(attribute);
          }
        });
    return new Layout(names, places, List.copyOf(absent));
  }

  private static void checkCharacters(String field, String value) throws RejectedException {
    Reason problem = StorableText.problem(value);
    if (problem != null) {
      // A field's name comes from the source as well.
      throw new RejectedException(
          problem, StorableText.escape(field) + " holds a character that cannot be stored");
    }
  }

  private static void checkLength(Column column, String key) throws RejectedException {
    // A UTF-16 unit is at most three bytes: most keys need no encoding to be seen as short.
    if (key.length() > MAX_KEY_BYTES / 3
        && key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      throw new RejectedException(
          Reason.KEY_TOO_LONG, column.name() + " has more than " + MAX_KEY_BYTES + " bytes");
    }
  }

  private static RejectedException outOfRange(Column column) {
    return new RejectedException(
        Reason.OUT_OF_RANGE, column.name() + " is outside what the column can hold");
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
