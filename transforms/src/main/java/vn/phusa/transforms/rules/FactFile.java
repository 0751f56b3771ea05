package vn.phusa.transforms.rules;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of facts that ship with the rules: comma separated, with a header, without quotes. */
public final class FactFile {

  /** Those that values follow from; others are material of these. */
  static final List<String> NAMES =
      List.of("mobile_prefix_2018.csv", "provinces.csv", "tet_dates.csv");

  private FactFile() {}

  /** A file as it is. */
  static String text(String name) {
    try (InputStream in = FactFile.class.getResourceAsStream("facts/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rows of a file, by column name.
   *
   * @param name "provinces.csv", ...
   */
  public static List<Map<String, String>> read(String name) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                FactFile.class.getResourceAsStream("facts/" + name), StandardCharsets.UTF_8))) {
      String[] header = in.readLine().split(",", -1);
      List<Map<String, String>> rows = new ArrayList<>();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] cells = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < header.length; i++) {
          row.put(header[i], cells[i]);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
