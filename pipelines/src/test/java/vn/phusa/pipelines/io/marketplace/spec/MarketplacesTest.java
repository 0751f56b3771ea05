package vn.phusa.pipelines.io.marketplace.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.InvalidOptionException;

class MarketplacesTest {
  @TempDir Path folder;

  private Marketplaces read(String yaml) throws IOException {
    Path file = folder.resolve("shops.yaml");
    Files.writeString(file, yaml);
    return Marketplaces.read(file.toString());
  }

  @Test
  void theBuiltInOnesHaveTheLimitsOfTheRules() {
    Marketplaces built = Marketplaces.read(null);
    assertThat(built.marketplaces().keySet()).containsExactly("lazada", "shopee", "tiki", "sendo");
    assertThat(built.marketplaces().values())
        .extracting(m -> m.limit().requests())
        .containsExactly(1000, 600, 800, 500);
    assertThat(built.marketplaces().values())
        .extracting(m -> m.refreshEvery().toMinutes())
        .containsExactly(15L, 20L, 10L, 30L);
    assertThat(built.marketplaces().values())
        .allSatisfy(m -> assertThat(m.limit().per()).isEqualTo(Duration.ofHours(1)));
    assertThat(built.feeds().keySet()).containsExactly("fptshop", "cellphones");
    assertThat(built.select(null)).isEmpty();
    SerializableUtils.ensureSerializable(built);
  }

  @Test
  void aFileIsMergedKeyByKey() throws IOException {
    Marketplaces read =
        read(
            """
            marketplaces:
              lazada:
                limit: {requests: 7}
                auth: {credentials: {appKey: "12", appSecret: "${env:S}", refreshToken: "${env:R}"}}
                mapping: {product: {name: .attributes.name}}
            feeds:
              fptshop: {files: /data/fpt, id: sku}
            """);
    Marketplace lazada = read.marketplaces().get("lazada");
    assertThat(lazada.limit()).isEqualTo(new Marketplace.Limit(7, Duration.ofHours(1)));
    assertThat(lazada.auth().kind().name()).isEqualTo("lazada");
    assertThat(lazada.mapping().at("/product/name").asText()).isEqualTo(".attributes.name");
    assertThat(read.select(null)).containsExactly("lazada", "fptshop");
    assertThat(read.select("fptshop")).containsExactly("fptshop");
    assertThatThrownBy(() -> read.select("tiki"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("no credentials");
    assertThatThrownBy(() -> read.select("amazon")).hasMessageContaining("not described");
    assertThat(read.select("fptshop, lazada,fptshop")).containsExactly("fptshop", "lazada");
    SerializableUtils.ensureSerializable(read);
  }

  @Test
  void whatIsWrongIsSaidInOneLineWithFileAndKey() {
    assertRefused("marketplaces: {tiki: {limitt: 3}}", "unknown key", "tiki", "limitt");
    assertRefused(
        "marketplaces: {tiki: {auth: {credentials: {clientId: a, clientSecret: hunter2}}}}",
        "clientSecret",
        "never given literally");
    assertRefused("marketplaces: {tiki: {auth: {credentials: {clientId: a}}}}", "clientSecret");
    assertRefused("marketplaces: {tiki: {baseUrl: \"http://api.tiki.vn\"}}", "baseUrl", "https");
    assertRefused("marketplaces: {tiki: {limit: {per: 3}}}", "limit.per");
    assertRefused("marketplaces: [1]", "marketplaces");
    assertRefused("- 1", "not a mapping");
    assertRefused("a: b: c", "line 1");
  }

  @Test
  void aFileThatIsNotThereIsAWrongOption() {
    assertThatThrownBy(() -> Marketplaces.read(folder.resolve("none").toString()))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--marketplaces: the file " + folder.resolve("none") + " cannot be read");
  }

  private void assertRefused(String yaml, String... parts) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--marketplaces: ")
        .hasMessageContaining("shops.yaml")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatAnAuthorisationBeganWithMayBeTakenAway() throws IOException {
    Marketplaces read =
        read(
            "marketplaces: {lazada: {auth: {credentials: {appKey: \"12\", appSecret:"
                + " \"${env:PATH}\"}}}}");
    assertThat(read.select(null)).containsExactly("lazada");
    read.checkSecrets(List.of("lazada"));
    assertRefused(
        "marketplaces: {lazada: {auth: {credentials: {appKey: \"12\", appSecret: \"${env:S}\","
            + " refresh: \"${env:R}\"}}}}",
        "credentials.refresh is no credential");
  }

  @Test
  void plainHttpIsForThisMachineOnly() throws IOException {
    assertThat(
            read("marketplaces: {tiki: {baseUrl: \"http://127.0.0.1:80/x\"}}")
                .marketplaces()
                .get("tiki")
                .baseUrl())
        .isEqualTo("http://127.0.0.1:80/x");
    assertThat(
            read("marketplaces: {tiki: {baseUrl: \"http://gw\", allowPlainHttp: true}}")
                .marketplaces())
        .containsKey("tiki");
  }

  @Test
  void timesAreUnderstoodInEveryForm() {
    ZoneOffset vietnam = ZoneOffset.ofHours(7);
    long expected = Instant.parse("2018-02-10T08:00:00Z").getEpochSecond() * 1_000_000;
    for (String text :
        new String[] {
          "1518249600",
          "1518249600000",
          "2018-02-10 16:00:00 +0800",
          "2018-02-10T16:00:00+08:00",
          "2018-02-10T08:00:00.000Z",
          "2018-02-10 15:00:00",
          "2018/02/10 15:00"
        }) {
      assertThat(PlatformTime.micros(text, vietnam)).as(text).isEqualTo(expected);
    }
    assertThat(PlatformTime.micros("2018-02-10", vietnam))
        .isEqualTo(expected - 15 * 3_600_000_000L);
    assertThat(PlatformTime.micros("yesterday", vietnam)).isNull();
    assertThat(PlatformTime.micros("2018-02-31", vietnam)).isNotEqualTo(expected);
    assertThat(
            PlatformTime.of("yyyy-MM-dd'T'HH:mm:ssxx", vietnam)
                .write(Instant.ofEpochSecond(1518249600)))
        .isEqualTo("2018-02-10T15:00:00+0700");
    assertThat(PlatformTime.of("epochSeconds", vietnam).write(Instant.ofEpochSecond(5)))
        .isEqualTo("5");
  }
}
