package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.pipelines.io.marketplace.spec.AuthKind;
import vn.phusa.pipelines.io.marketplace.spec.Marketplaces;
import vn.phusa.pipelines.io.marketplace.spec.PagingKind;
import vn.phusa.pipelines.io.marketplace.spec.RegisteredKinds;

/**
 * What {@link TicketAuthentication} and {@link CountdownPaging} say is held against descriptions.
 */
class NewKindsTest {
  private static final String CREDENTIALS = "{counter: 7, stamp: \"${env:PATH}\"}";

  @TempDir private Path folder;

  private Marketplaces read(String auth, String paging) throws IOException {
    String yaml =
        """
        marketplaces:
          shop:
            platform: S
            baseUrl: https://shop.example
            auth: %s
            extract:
              products:
                kind: product
                list:
                  request: {path: /list}
                  paging: %s
                  answer: {records: /rows}
                  record: {id: /id}
        """;
    Path file = Files.writeString(folder.resolve("shops.yaml"), yaml.formatted(auth, paging));
    return Marketplaces.read(file.toString());
  }

  @Test
  void theyStandBesideTheBuiltInOnes() {
    assertThat(RegisteredKinds.all(AuthKind.class))
        .extracting(AuthKind::name)
        .contains("ticket", "lazada");
    assertThat(RegisteredKinds.all(PagingKind.class))
        .extracting(PagingKind::name)
        .contains("countdown", "offset");
  }

  @Test
  void aDescriptionNamesThem() throws IOException {
    Marketplaces read =
        read(
            "{kind: ticket, ticketPath: /t, credentials: " + CREDENTIALS + "}",
            "{kind: COUNTDOWN, first: 2}");

    assertThat(read.marketplaces().get("shop").auth().kind())
        .isInstanceOf(TicketAuthentication.class);
    assertThat(read.marketplaces().get("shop").extract().get("products").list().paging().kind())
        .isInstanceOf(CountdownPaging.class);
    assertThat(read.select(null)).containsExactly("shop");
    SerializableUtils.ensureSerializable(read);
  }

  @Test
  void whatTheyNeedIsAskedForByItsKey() {
    assertRefused("{kind: ticket}", "marketplaces.shop.auth.ticketPath is missing");
    assertRefused(
        "{kind: ticket, ticketPath: /t, ticketWord: 7}",
        "marketplaces.shop.auth.ticketWord is no word");
    assertRefused(
        "{kind: ticket, ticketPath: /t, ticketColour: red}",
        "unknown key \"marketplaces.shop.auth.ticketColour\"");
    assertRefused(
        "{kind: ticket, ticketPath: /t, credentials: {counter: x, stamp: \"${env:PATH}\"}}",
        "marketplaces.shop.auth.credentials.counter is no number");
    assertRefused(
        "{kind: ticket, ticketPath: /t, credentials: {counter: 7}}",
        "marketplaces.shop.auth.credentials.stamp is missing");
    assertRefused(
        "{kind: ticket, ticketPath: /t, credentials: {counter: 7, stamp: hunter2}}",
        "marketplaces.shop.auth.credentials.stamp: a secret is never given literally; give"
            + " ${env:NAME}, ${file:/path} or ${file:/path:key}");
    assertRefused(
        "{kind: ticket, ticketPath: /t, credentials: {code: \"${env:PATH}\"}}",
        "marketplaces.shop.auth.credentials.code is no credential of this kind");
  }

  @Test
  void whatPagingNeedsIsAskedForByItsKey() {
    assertRefused(
        "{kind: bearer}",
        "{kind: countdown}",
        "marketplaces.shop.extract.products.list.paging.first is no page");
  }

  private void assertRefused(String auth, String problem) {
    assertRefused(auth, "{kind: none}", problem);
  }

  private void assertRefused(String auth, String paging, String problem) {
    assertThatThrownBy(() -> read(auth, paging))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--marketplaces: " + folder.resolve("shops.yaml") + ": " + problem);
  }
}
