package vn.phusa.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.transforms.mapping.Mappings;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.Rules;

/** The examples can be used as they lie there, and mean what their comments say. */
class ExamplesTest {
  private static final Path EXAMPLES = Repository.root().resolve("examples");

  @Test
  void everyExampleIsNamedInTheirTable() throws IOException {
    String table = Repository.text(EXAMPLES.resolve("README.md"));
    try (var files = Files.walk(EXAMPLES)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> EXAMPLES.relativize(f).toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(table).contains("](" + name + ")"));
    }
  }

  @Test
  void theShopExtractsAllThatIsBuiltIn() {
    Marketplaces read = marketplaces("shop/marketplaces.yaml");

    assertThat(read.select(null))
        .containsExactly("lazada", "shopee", "tiki", "sendo", "fptshop", "cellphones");
    assertThat(read.marketplaces().get("shopee").limit())
        .isEqualTo(new Marketplace.Limit(1200, Duration.ofHours(1)));
    assertThat(read.marketplaces().get("sendo").extract().get("products").detail()).isNull();
    assertThat(read.feeds().get("cellphones").limits().rejectedRows()).isEqualTo(1_000);
  }

  @Test
  void theShopsRulesReplaceWhatTheyName() {
    Rules rules = rules("shop/rules.yaml");
    int day = (int) LocalDate.of(2025, 6, 1).toEpochDay();

    assertThat(rules.exchangeRate().on(day)).isEqualByComparingTo("24000");
    assertThat(Repository.text(EXAMPLES.resolve("shop/views.sql")))
        .as("dong become dollars by the rate by which they come back")
        .contains("dong / 24000");
    assertThat(rules.vat().of(BigDecimal.valueOf(108), day)).isEqualByComparingTo("8");
    assertThat(rules.commissions().rate("Website", day)).isZero();
    assertThat(rules.commissions().rate("Shopee", day)).isEqualByComparingTo("0.07");
    assertThat(rules.commissions().rate("Lazada", day)).isEqualByComparingTo("0.06");
    assertThat(rules.paymentMethods()).containsKey("apple_pay").doesNotContainKey("debit_card");
    assertThat(rules.patterns().postalCode().matcher("70000").matches()).isTrue();
    assertThat(Geography.of(rules).standardName("TP Vinh")).isEqualTo("Vinh");
  }

  @Test
  void theFifthMarketplaceIsReadMappedAndKnownToTheRules() {
    Marketplaces read = marketplaces("fifth-marketplace/marketplace.yaml");

    assertThat(read.select(null)).containsExactly("muahang");
    Mappings mappings = mappings(read);
    assertThat(mappings.names()).contains("muahang");
    assertThat(mappings.orders()).anyMatch(kind -> kind.source().equals("muahang"));
    assertThat(rules("fifth-marketplace/rules.yaml").platforms()).contains("MuaHang");
  }

  @Test
  void theNightlyScriptIsAScript() throws Exception {
    Path script = EXAMPLES.resolve("shop/nightly.sh");
    assertThat(Files.isExecutable(script)).isTrue();
    Process check = new ProcessBuilder("sh", "-n", script.toString()).start();
    assertThat(check.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(check.exitValue()).isZero();
  }

  private static Mappings mappings(Marketplaces read) {
    Mappings mappings = Mappings.builtIn();
    for (Map.Entry<String, Marketplace> one : read.marketplaces().entrySet()) {
      if (one.getValue().mapping() != null) {
        mappings = mappings.with(one.getKey(), one.getValue().mapping());
      }
    }
    for (Map.Entry<String, FeedSpec> one : read.feeds().entrySet()) {
      if (one.getValue().mapping() != null) {
        mappings = mappings.withFeed(one.getKey(), one.getValue().mapping());
      }
    }
    return mappings;
  }

  private static Marketplaces marketplaces(String example) {
    return Marketplaces.read(EXAMPLES.resolve(example).toString());
  }

  private static Rules rules(String example) {
    try (Reader yaml = Files.newBufferedReader(EXAMPLES.resolve(example))) {
      return Rules.load(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
