package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.runners.embedded.EmbeddedPostgres;
import vn.phusa.runners.embedded.junit.WithEmbeddedServices;
import vn.phusa.runners.samples.SampleShop;

/** Locales with digits, letters and time zones of their own: the same loads, the same rows. */
@WithEmbeddedServices
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalesIT {
  private static final Locale LOCALE = Locale.getDefault();
  private static final TimeZone ZONE = TimeZone.getDefault();

  /** To be closed at the end: each takes the shop with it. */
  private final List<ShopAndWarehouse> opened = new ArrayList<>();

  private ShopAndWarehouse plain;

  @BeforeAll
  void loadWithoutALocale(EmbeddedPostgres postgres) throws Exception {
    plain = ShopAndWarehouse.in(postgres, "locale");
    opened.add(plain);
    try (Connection shop = plain.shop()) {
      SampleShop.create(5, 200, 2_000, Instant.parse("2025-06-30T12:00:00Z")).writeTo(shop);
    }
    use(Locale.ROOT, "UTC");
    load(plain);
  }

  @AfterEach
  void useOurs() {
    Locale.setDefault(LOCALE);
    TimeZone.setDefault(ZONE);
  }

  @AfterAll
  void close() throws Exception {
    for (ShopAndWarehouse one : opened) {
      one.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"ar-EG-u-nu-arab, America/New_York", "tr-TR, Pacific/Apia"})
  void loadsDoNotDependOnTheLocale(String tag, String zone, EmbeddedPostgres postgres)
      throws Exception {
    String name = "locale_" + tag.substring(0, 2);
    ShopAndWarehouse foreign = plain.withWarehouse(postgres, name);
    opened.add(foreign);
    use(Locale.forLanguageTag(tag), zone);
    load(foreign);
    useOurs();

    assertThat(LoadedRows.ofDimensions(foreign)).isEqualTo(LoadedRows.ofDimensions(plain));
    assertThat(LoadedRows.ofFacts(foreign)).isEqualTo(LoadedRows.ofFacts(plain)).isNotEmpty();
  }

  private static void use(Locale locale, String zone) {
    Locale.setDefault(locale);
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
  }

  /** Facts before their customers too: what is known of a key changes, and facts are rekeyed. */
  private static void load(ShopAndWarehouse databases) {
    succeeds(databases.onWarehouse("migrate"));
    for (String command : List.of("load-facts", "load-dimensions", "load-facts")) {
      succeeds(databases.load(command));
    }
    succeeds(databases.onWarehouse("refresh-marts"));
    succeeds(databases.onWarehouse("status"));
  }

  private static void succeeds(ShopAndWarehouse.Ended ended) {
    assertThat(ended.code()).as(ended.all()).isZero();
  }
}
