package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;

/** Limits that are smaller than what a page leads to: each extraction gets further. */
class PartialExtractionIT extends ScriptedPlatformTest {
  private static final int MAX_RUNS = 40;

  /** A list of ids alone, a call of details for each, and two more beside. */
  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          auth: {kind: apiKeyHeader, header: X-Key, credentials: {key: KEY}}
          limit: {requests: %d, per: PT1H}
          retries: {attempts: 2, first: PT0.01S, longest: PT0.01S}
          extract:
            products:
              kind: product
              list:
                request: {path: /list, parameters: {after: "{cursor}"}}
                paging: {kind: cursor, limit: 20, verify: %s}
                answer: {records: /rows, next: /next}
                record: {id: /id}
              detail:
                request: {path: /detail, parameters: {id: "{id}"}}
                answer: {records: ""}
                record: {id: /id, updated: /at}
              also:
                extras:
                  kind: extra
                  request: {path: /extra, parameters: {ids: "{ids}"}}
                  batch: 3
                  answer: {records: /rows}
                  record: {id: /id}
                models:
                  kind: model
                  request: {path: /model, parameters: {id: "{id}"}}
                  when: {at: /many, is: "true"}
                  answer: {records: ""}
      """;

  /** A list of pages, which lead to one another by their numbers. */
  @SafeVarargs
  private final void serve(List<String>... pages) {
    platform.answer(
        "/list",
        q -> {
          int page = Integer.parseInt(q.getOrDefault("after", "0"));
          return rows(pages[page])
              + (page + 1 < pages.length ? ",\"next\":" + (page + 1) : "")
              + "}";
        });
    platform.answer("/detail", q -> detail(q.get("id")));
    platform.answer("/extra", q -> rows(Arrays.asList(q.get("ids").split(","))) + "}");
    platform.answer("/model", q -> "{\"of\":" + q.get("id") + "}");
  }

  private static String rows(List<String> ids) {
    return ids.stream()
        .map(id -> "{\"id\":" + id + "}")
        .collect(Collectors.joining(",", "{\"rows\":[", "]"));
  }

  private static String detail(String id) {
    return "{\"id\":%s,\"at\":1700000000,\"many\":%s}".formatted(id, Integer.parseInt(id) % 2 == 0);
  }

  /** Extracts, an hour later each time, until nothing is left; says how many runs it took. */
  private int extractAll(int requestsAnHour, boolean verify) throws Exception {
    String yaml = SHOP.formatted(name, requestsAnHour, verify);
    for (int run = 1; run <= MAX_RUNS; run++) {
      Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(61L * run));
      Extractor.Outcome outcome = platform.extract(yaml, name, "products", clock);
      if (outcome.status() == Extractor.Status.SUCCEEDED) {
        return run;
      }
      assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.PARTIAL);
    }
    throw new AssertionError("not all extracted: " + platform.asked.size() + " requests");
  }

  private void assertComplete(int products) {
    Map<String, String> staged = platform.staged(Staging.PRODUCTS, name);
    assertThat(staged.keySet())
        .containsExactlyInAnyOrderElementsOf(ScriptedPlatform.ids(0, products));
    staged.forEach((id, payload) -> assertThat(payload).isEqualTo(detail(id)));
    assertThat(platform.staged("raw_extras", name)).hasSize(products);
    assertThat(platform.staged("raw_models", name)).hasSize((products + 1) / 2);
  }

  @Test
  void aPageThatLeadsToMoreRequestsThanTheLimit() throws Exception {
    serve(ScriptedPlatform.ids(0, 20), ScriptedPlatform.ids(20, 31));

    int runs = extractAll(6, false);

    assertComplete(31);
    assertThat(runs).isGreaterThan(1);
    assertThat(platform.count("/detail")).as("each detail is asked for once").isEqualTo(31);
    assertThat(platform.count("/model")).isEqualTo(16);
  }

  @Test
  void aListThatIsReadTwiceToVerifyIt() throws Exception {
    serve(
        ScriptedPlatform.ids(0, 5),
        ScriptedPlatform.ids(5, 10),
        ScriptedPlatform.ids(10, 15),
        ScriptedPlatform.ids(15, 20),
        ScriptedPlatform.ids(20, 25));

    // Two pages a run: a whole reading never fits into one.
    int runs = extractAll(12, true);

    assertComplete(25);
    assertThat(runs).isGreaterThan(3);
  }

  @Test
  void anExtractionThatFailsWithinAPageKeepsWhatItHas() throws Exception {
    serve(ScriptedPlatform.ids(0, 20));
    platform.reply(
        "/detail",
        q ->
            q.get("id").equals("17")
                ? new ScriptedPlatform.Reply(500, Map.of(), "<html>")
                : ScriptedPlatform.ok(detail(q.get("id"))));
    String yaml = SHOP.formatted(name, 0, false);

    Extractor.Outcome failed = platform.extract(yaml, name, "products", Clock.systemUTC());

    assertThat(failed.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(failed.message()).contains(name, "/detail", "HTTP 500");
    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSizeGreaterThanOrEqualTo(17);
    serve(ScriptedPlatform.ids(0, 20));
    platform.asked.clear();
    Extractor.Outcome rest = platform.extract(yaml, name, "products", Clock.systemUTC());
    assertThat(rest.status()).as(rest.message()).isEqualTo(Extractor.Status.SUCCEEDED);
    assertComplete(20);
    assertThat(platform.count("/detail")).isBetween(1L, 3L);
  }
}
