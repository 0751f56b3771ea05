package vn.phusa.pipelines.io.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The tables and columns of the warehouse that others may rely on. */
public final class ContractColumns {
  private ContractColumns() {}

  /** Each as "table.column". */
  public static List<String> all() throws IOException {
    try (InputStream in = ContractColumns.class.getResourceAsStream("/warehouse/contract.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(
              line ->
                  Arrays.stream(line.substring(line.indexOf(':') + 2).split(" "))
                      .map(column -> line.substring(0, line.indexOf(':')) + "." + column))
          .toList();
    }
  }
}
