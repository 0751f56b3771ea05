package vn.phusa.runners.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import vn.phusa.runners.simulator.core.JsonText;
import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.settings.CatalogueSettings;
import vn.phusa.runners.simulator.settings.SimulatedPlatform;
import vn.phusa.runners.simulator.state.ProductHistory;
import vn.phusa.runners.simulator.state.ProductState;
import vn.phusa.runners.simulator.state.Touches;

/**
 * Product feeds as partners send them: FPTShop's as JSON lines, CellphoneS's as CSV. What stands in
 * them follows from the seed and the day; from one day to the next about a third changes. Some ids
 * stand there twice with differing rows, some values are missing.
 */
public final class ProductFeeds {
  private static final LocalDate FIRST_DAY = LocalDate.of(2025, 10, 1);
  private static final int REPEATED = 40;

  private final ProductHistory fptshop;
  private final ProductHistory cellphones;

  private ProductFeeds(ProductHistory fptshop, ProductHistory cellphones) {
    this.fptshop = fptshop;
    this.cellphones = cellphones;
  }

  /** The feeds that follow from a seed, each with so many products. */
  public static ProductFeeds of(long seed, int products) {
    CatalogueSettings settings =
        CatalogueSettings.small()
            .withSize(products, 0)
            .withStart(FIRST_DAY.atStartOfDay().toInstant(LocalTimes.ZONE))
            .withPace(Duration.ofDays(3), Duration.ofDays(1));
    return new ProductFeeds(
        new ProductHistory(settings.withSeed(seed + 1), SimulatedPlatform.LAZADA, new Touches()),
        new ProductHistory(settings.withSeed(seed + 2), SimulatedPlatform.LAZADA, new Touches()));
  }

  /**
   * Writes {@code fptshop-<day>.jsonl} and {@code cellphones-<day>.csv} as they are at the end of
   * the day, replacing what stood there.
   *
   * @param folder created where it is absent
   * @return the two files, FPTShop's first
   */
  public List<Path> writeTo(Path folder, LocalDate day) throws IOException {
    Files.createDirectories(folder, attribute("rwx------"));
    long end = day.plusDays(1).atStartOfDay().toEpochSecond(LocalTimes.ZONE) - 1;
    Path lines = folder.resolve("fptshop-" + day + ".jsonl");
    Path table = folder.resolve("cellphones-" + day + ".csv");
    write(lines, jsonLines(end));
    write(table, csv(end));
    return List.of(lines, table);
  }

  /** Partners' feeds hold prices that are nobody else's business. */
  private static void write(Path file, String text) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try (OutputStream out =
        Channels.newOutputStream(Files.newByteChannel(file, options, attribute("rw-------")))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static FileAttribute<?> attribute(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Writes the first day's feeds. */
  public List<Path> writeTo(Path folder) throws IOException {
    return writeTo(folder, FIRST_DAY);
  }

  /** Writes the feeds of the day after the first. */
  public List<Path> writeNextDay(Path folder) throws IOException {
    return writeTo(folder, FIRST_DAY.plusDays(1));
  }

  private String jsonLines(long at) {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < fptshop.count(); number++) {
      ProductState product = fptshop.at(number, at);
      if (number % REPEATED == 7) {
        text.append(line(product.older())).append('\n');
      }
      text.append(line(product)).append('\n');
    }
    return text.toString();
  }

  private static String line(ProductState product) {
    JsonText json =
        JsonText.object(JsonText.Style.COMPACT)
            .put("id", String.format(Locale.ROOT, "%08d", 900_000 + product.number()))
            .put("name", product.name())
            .put("category", product.category())
            .put("price", product.currentPrice())
            .put("originalPrice", product.price())
            .put("currency", "VND");
    if (product.brand() != null) {
      json.put("brand", product.brand());
    }
    if (product.number() % 19 == 0) {
      json.putNull("stock");
    } else {
      json.put("stock", product.stock());
    }
    return json.digits("rating", stars(product))
        .put("reviews", product.reviews())
        .put("updatedAt", LocalTimes.plain(product.updated()).replace(' ', 'T') + "+07:00")
        .put("url", "https://fptshop.com.vn/san-pham/" + product.number())
        .end();
  }

  private String csv(long at) {
    StringBuilder text =
        new StringBuilder(
            "product_id,name,manufacturer,category,price,special_price,stock,rating,reviews,"
                + "updated_at\r\n");
    for (int number = 0; number < cellphones.count(); number++) {
      ProductState product = cellphones.at(number, at);
      if (number % REPEATED == 7) {
        text.append(row(product.older()));
      }
      text.append(row(product));
    }
    return text.toString();
  }

  private static String row(ProductState product) {
    String name = product.name() + (product.number() % 23 == 0 ? ", bản \"quốc tế\"" : "");
    return List.of(
                Integer.toString(400_000 + product.number()),
                name,
                product.brand() == null ? "" : product.brand(),
                product.category(),
                Long.toString(product.price()),
                product.specialPrice() == 0 ? "" : Long.toString(product.specialPrice()),
                product.number() % 19 == 0 ? "" : Integer.toString(product.stock()),
                stars(product),
                Integer.toString(product.reviews()),
                LocalTimes.plain(product.updated()))
            .stream()
            .map(ProductFeeds::quoted)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String quoted(String value) {
    return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  private static String stars(ProductState product) {
    return product.rating() == 0
        ? "0"
        : String.format(Locale.ROOT, "%.1f", product.rating() / 100.0);
  }
}
