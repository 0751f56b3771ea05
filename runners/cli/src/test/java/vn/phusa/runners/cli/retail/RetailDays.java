package vn.phusa.runners.cli.retail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which days are tried: the three in the repository, and all 31 where they lie beside it.
 *
 * @param name what the tests are called by
 * @param folder one CSV file a day
 * @param lineCount how many order lines there are, which is known beforehand
 */
record RetailDays(String name, Path folder, int lineCount) {

  /** Tests run in the module's folder. */
  static Stream<RetailDays> all() {
    return Stream.of(
        new RetailDays("3 days", Path.of("src/test/resources/online-retail"), 3276),
        new RetailDays("31 days", Path.of("../../../shared/data/online-retail/by-day"), 59173));
  }

  boolean isThere() {
    return Files.isDirectory(folder);
  }

  /** The lines of each day, the days in ascending order. */
  List<List<RetailLine>> read() {
    try (Stream<Path> files = Files.list(folder)) {
      List<List<RetailLine>> days = new ArrayList<>();
      for (Path csv : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        days.add(RetailLine.read(csv));
      }
      return days;
    } catch (IOException e) {
      throw new UncheckedIOException("the days cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
