package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.runners.embedded.EmbeddedMongo;
import vn.phusa.runners.embedded.junit.FreshDatabase;

/** Answers that nobody described: what can be used is, and the rest is said. */
class HostileAnswersIT extends ScriptedPlatformTest {
  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          auth: {kind: bearer, credentials: {token: KEY}}
          retries: {attempts: 2, first: PT0.01S, longest: PT0.01S}
          extract:
            products:
              kind: product
              list:
                request: {path: /list, parameters: {offset: "{offset}"}}
                paging: {kind: offset, limit: 10}
                answer: {records: /rows, total: /total, next: /next}
                record: {id: /id, updated: /at}
      """;

  private Extractor.Outcome extract() throws Exception {
    return platform.extract(SHOP.formatted(name), name, "products", Clock.systemUTC());
  }

  private void assertSucceeds() throws Exception {
    Extractor.Outcome outcome = extract();
    assertThat(outcome.message()).isEmpty();
    assertThat(outcome.status()).isEqualTo(Extractor.Status.SUCCEEDED);
  }

  private void assertFails(String... told) throws Exception {
    Extractor.Outcome outcome = extract();
    assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message())
        .startsWith(name + ": ")
        .contains(told)
        .doesNotContain(ScriptedPlatform.SECRET)
        .hasLineCount(1);
    assertThat(platform.staged(Staging.PRODUCTS, name)).isEmpty();
  }

  @Test
  void anEmptyCatalogue() throws Exception {
    for (String answer : new String[] {"{\"rows\":[]}", "{\"rows\":null}", "{\"total\":0}"}) {
      platform.answer("/list", q -> answer);
      assertSucceeds();
    }
    assertThat(platform.staged(Staging.PRODUCTS, name)).isEmpty();
    assertThat(platform.deadLetters(name)).isEmpty();
  }

  @Test
  void oddRecordsDoNotStopThoseBesideThem() throws Exception {
    String deep = "{\"id\":3,\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    String deepId = "{\"id\":" + "{\"id\":".repeat(10_000) + "1" + "}".repeat(10_000) + "}";
    String long1 = "{\"id\":4,\"x\":\"" + "á".repeat(2_500_000) + "\"}";
    String tooLong = "{\"id\":5,\"x\":\"" + "á".repeat(5_000_000) + "\"}";
    String longNumber = "{\"id\":6,\"x\":" + "9".repeat(5_000) + "}";
    String[] rows = {
      "{\"id\":1,\"at\":1700000000}",
      "{\"id\":2,\"at\":null,\"name\":null,\"price\":null}",
      deep,
      deepId,
      long1,
      tooLong,
      longNumber,
      "{\"id\":7,\"at\":\"the day before\",\"price\":\"a lot\"}",
      "{\"id\":null,\"name\":\"nobody\"}",
      "null",
      "\"text\"",
      "17",
      "[]",
      "{\"id\":{\"a\":1}}",
      "{\"id\":8,\"at\":\"1700000001\"}"
    };
    platform.answer(
        "/list",
        q ->
            q.get("offset").equals("0")
                ? "{\"total\":\"many\",\"next\":{},\"rows\":[" + String.join(",", rows) + "]}"
                : "{\"rows\":[]}");

    assertSucceeds();

    Map<String, String> staged = platform.staged(Staging.PRODUCTS, name);
    assertThat(staged.keySet()).containsExactlyInAnyOrder("1", "2", "3", "4", "6", "8");
    assertThat(staged.get("3").equals(deep)).as("the deep one, byte for byte").isTrue();
    assertThat(staged.get("4").equals(long1)).as("the long one, byte for byte").isTrue();
    Map<String, String> deadLetters = platform.deadLetters(name);
    assertThat(deadLetters)
        .containsEntry("product/5", "too_long")
        .containsEntry("product/7", "not_a_time")
        .hasSize(9);
    assertThat(deadLetters.values()).filteredOn("missing_key"::equals).hasSize(7);

    // Once more, they are the same dead letters.
    assertSucceeds();
    assertThat(platform.deadLetters(name)).isEqualTo(deadLetters);
  }

  @Test
  void recordsThatAreNotAsDescribedFail() throws Exception {
    platform.answer("/list", q -> "{\"rows\":[{\"key\":1},{\"key\":2}]}");
    assertFails("/list", "no record has an id at /id");
    platform.answer("/list", q -> "{\"data\":[{\"id\":1}]}");
    assertFails("/list", "no records at /rows");
    platform.answer("/list", q -> "{\"rows\":\"none\"}");
    assertFails("/list", "no records at /rows");
    platform.answer("/list", q -> "[1]");
    assertFails("/list", "no records at /rows");
  }

  @Test
  void whatIsNoJsonFailsAfterAFewAttempts() throws Exception {
    for (String answer :
        new String[] {
          "<html><body>" + ScriptedPlatform.SECRET, "", "{\"rows\":[{\"id\":1}", "\u0000"
        }) {
      platform.answer("/list", q -> answer);
      platform.asked.clear();
      assertFails("/list", "no whole JSON");
      assertThat(platform.asked).hasSize(2);
    }
  }

  @Test
  void aRedirectToAnotherHostIsNotFollowed(@TempDir Path other, FreshDatabase d, EmbeddedMongo m)
      throws Exception {
    try (ScriptedPlatform elsewhere = new ScriptedPlatform(other, d, m)) {
      for (int status : new int[] {301, 302, 303, 307, 308}) {
        platform.reply(
            "/list",
            q ->
                new ScriptedPlatform.Reply(
                    status, Map.of("Location", elsewhere.url() + "/list"), ""));
        assertFails("/list", "HTTP " + status);
      }
      assertThat(elsewhere.asked).isEmpty();
    }
  }

  @Test
  void pagesThatLeadInACircleFail() throws Exception {
    platform.answer(
        "/list",
        q ->
            "{\"rows\":[],\"next\":\"%s\"}"
                .formatted(q.getOrDefault("after", "b").equals("a") ? "b" : "a"));
    String yaml =
        SHOP.formatted(name)
            .replace("{offset: \"{offset}\"}", "{after: \"{cursor}\"}")
            .replace("paging: {kind: offset, limit: 10}", "paging: {kind: cursor, limit: 10}")
            .replace("total: /total, next: /next", "next: /next, more: /more");
    platform.answer(
        "/list",
        q ->
            "{\"rows\":[{\"id\":1}],\"more\":true,\"next\":\"%s\"}"
                .formatted(q.getOrDefault("after", "b").equals("a") ? "b" : "a"));
    Extractor.Outcome outcome = platform.extract(yaml, name, "products", Clock.systemUTC());
    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).isEqualTo(name + ": its pages lead in a circle");
    assertThat(platform.asked).hasSizeLessThan(10);
  }

  @Test
  void theSamePageAgainAndAgainFails() throws Exception {
    List<String> rows = ScriptedPlatform.ids(0, 10);
    platform.answer("/list", q -> page(rows, ""));
    assertGivesTheSamePages();

    // In another order, and with a total that would let it end as if all had been read.
    List<String> shuffled = Collections.synchronizedList(new ArrayList<>(rows));
    platform.answer(
        "/list",
        q -> {
          Collections.rotate(shuffled, 1);
          return page(shuffled, ",\"total\":1000");
        });
    assertGivesTheSamePages();
  }

  private void assertGivesTheSamePages() throws Exception {
    platform.asked.clear();
    Extractor.Outcome outcome = extract();
    assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message())
        .isEqualTo(name + ": it gives the same records for one page after the other");
    assertThat(platform.asked).hasSizeLessThan(15);
  }

  private static String page(List<String> ids, String more) {
    return ids.stream()
        .map(id -> "{\"id\":" + id + "}")
        .collect(Collectors.joining(",", "{\"rows\":[", "]" + more + "}"));
  }

  @Test
  void anAnswerWithoutAnEndFails() throws Exception {
    String many = "{\"rows\":[{\"id\":1,\"x\":\"" + "x".repeat(70_000_000) + "\"}]}";
    platform.answer("/list", q -> many);
    assertFails("/list", "an answer of more than 67108864 bytes");
    assertThat(platform.asked).as("such an answer is not asked for again").hasSize(1);
  }
}
