package vn.phusa.runners.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import vn.phusa.transforms.errors.PrintableText;

/** Rows of text in columns; a column whose cells are all numbers stands to the right. */
public final class TextTable {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,.]*( s| %)?|");

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins a table with its columns' headings. */
  public TextTable(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row with as many cells as there are headings. */
  public TextTable row(String... cells) {
    rows.add(Stream.of(cells).map(PrintableText::line).toList());
    return this;
  }

  /** The table, each line indented by two and ended by a line feed. */
  public String render() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < row.size(); column++) {
        line.append(' ').append(cell(row.get(column), column)).append(' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private String cell(String value, int column) {
    String padding = " ".repeat(width(column) - length(value));
    return isNumeric(column) ? padding + value : value + padding;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
  }

  /** Letters with tone marks are one column wide, whichever way they are composed. */
  private static int length(String value) {
    return (int)
        value.codePoints().filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).count();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }
}
