package vn.phusa.pipelines.io.marketplace.spec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.phusa.options.InvalidOptionException;

/** The whole lines that say what a description lacks for the kind that it names. */
class BuiltInKindsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | marketplaces.s.auth.kind is missing",
        "{kind: basic} | \"marketplaces.s.auth.kind\" has a value that it cannot have",
        "{kind: 0} | \"marketplaces.s.auth.kind\" has a value that it cannot have",
        "{kind: [bearer]} | \"marketplaces.s.auth.kind\" has a value that it cannot have",
        "{kind: bearer, foo: [1]} | unknown key \"marketplaces.s.auth.foo\"",
        "{kind: bearer, header: [1]} | \"marketplaces.s.auth.header\" has a value that it cannot"
            + " have",
        "{kind: bearer, credentials: {token: [1]}} | \"marketplaces.s.auth.credentials.token\" has"
            + " a value that it cannot have",
        "bearer | \"marketplaces.s.auth\" has a value that it cannot have",
        "{kind: apiKeyHeader} | marketplaces.s.auth.header is missing",
        "{kind: lazada} | marketplaces.s.auth.tokenPath is missing",
        "{kind: Lazada, tokenPath: /t} | marketplaces.s.auth.refreshPath is missing",
        "{kind: shopee, refreshPath: /r} | marketplaces.s.auth.tokenPath is missing",
        "{kind: sendoLogin} | marketplaces.s.auth.tokenPath is missing",
        "{kind: oauth2clientcredentials} | marketplaces.s.auth.tokenPath is missing",
        "{kind: bearer, credentials: {code: x}} | marketplaces.s.auth.credentials.code is no"
            + " credential of this kind",
        "{kind: bearer, credentials: {token: x}} | marketplaces.s.auth.credentials.token: a secret"
            + " is never given literally; give ${env:NAME}, ${file:/path} or ${file:/path:key}",
        "{kind: shopee, tokenPath: /t, refreshPath: /r, credentials: {partnerId: x}} |"
            + " marketplaces.s.auth.credentials.partnerId is no number",
        "{kind: shopee, tokenPath: /t, refreshPath: /r, credentials: {shopId: 1}} |"
            + " marketplaces.s.auth.credentials.partnerId is missing"
      })
  void ofAnAuthentication(String auth, String problem) {
    assertRefused(auth, "{kind: none}", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | .kind is missing",
        "{kind: nix} | .kind\" has a value that it cannot have",
        "{kind: 3} | .kind\" has a value that it cannot have",
        "{kind: offset} | .limit is not positive",
        "{kind: Page, limit: -1} | .limit is not positive"
      })
  void ofPages(String paging, String problem) {
    String quote = problem.contains("\"") ? "\"" : "";
    assertRefused(
        "{kind: bearer}", paging, quote + "marketplaces.s.extract.products.list.paging" + problem);
  }

  @ParameterizedTest
  @CsvSource({"nextOffset", "cursor", "NEXTTOKEN"})
  void ofPagesThatLeadToTheNext(String kind) {
    assertRefused(
        "{kind: bearer}",
        "{kind: " + kind + "}",
        "marketplaces.s.extract.products.list.answer.next is missing");
  }

  private void assertRefused(String auth, String paging, String problem) {
    assertThatThrownBy(() -> read(auth, paging))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--marketplaces: " + folder.resolve("shops.yaml") + ": " + problem);
  }

  private Marketplaces read(String auth, String paging) throws IOException {
    String yaml =
        """
        marketplaces:
          s:
            platform: S
            baseUrl: https://s.example
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
}
