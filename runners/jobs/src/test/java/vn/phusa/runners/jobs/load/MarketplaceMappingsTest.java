package vn.phusa.runners.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.runners.jobs.failure.UsageException;
import vn.phusa.transforms.mapping.Mappings;

class MarketplaceMappingsTest {
  private static final String PRODUCTS =
      "{platform: X, loads: {products: {collection: raw_products, into: products, record: '{}'}}}";

  @TempDir Path folder;

  @Test
  void marketplacesAndFeedsOfTheFileAreAdded() throws IOException {
    Mappings mappings =
        read(
            "marketplaces: {muahang: {platform: MuaHang, baseUrl: 'https://x.example', auth: {kind: bearer}, mapping: %1$s}}\nfeeds: {shopx: {platform: ShopX, mapping: %1$s}}"
                .formatted(PRODUCTS));
    assertThat(mappings.products())
        .extracting(kind -> kind.source())
        .contains("muahang", "feed:shopx", "tiki", "feed:fptshop");
    assertThat(MarketplaceMappings.of(Marketplaces.read(null)).names()).doesNotContain("muahang");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          marketplaces: {tiki: {mapping: {nonsense: 1}}} | --marketplaces: mapping of tiki: unknown key "nonsense"
          marketplaces: [                                | marketplaces.yaml: line 1
          """)
  void whatIsWrongIsAWrongOption(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfAny(UsageException.class, InvalidOptionException.class)
        .hasMessageContaining(message);
  }

  private Mappings read(String yaml) throws IOException {
    Path file = folder.resolve("marketplaces.yaml");
    Files.writeString(file, yaml);
    return MarketplaceMappings.of(Marketplaces.read(file.toString()));
  }
}
