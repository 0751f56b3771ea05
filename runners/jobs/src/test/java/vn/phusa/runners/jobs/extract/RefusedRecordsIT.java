package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;

/** Records that a list has, and of which the platform tells no more. */
class RefusedRecordsIT extends ScriptedPlatformTest {
  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          auth: {kind: apiKeyHeader, header: X-Key, credentials: {key: KEY}}
          retries: {attempts: 2, first: PT0.01S, longest: PT0.01S}
          extract:
            products:
              kind: product
              list:
                request: {path: /list, parameters: {offset: "{offset}"}}
                paging: {kind: offset, limit: 20}
                answer: {records: /rows, total: /total}
                record: {id: /id}
              detail:
                request: {path: /detail, parameters: {id: "{id}"}}
                answer: {records: /row}
                record: {id: /id}
              also:
                items:
                  kind: items
                  request: {path: /items, parameters: {ids: "{ids}"}}
                  batch: 10
                  required: true
                  answer: {records: /rows}
                  record: {id: /id}
      """;

  private void serve(List<String> ids) {
    platform.answer(
        "/list",
        q ->
            q.get("offset").equals("0")
                ? "{\"total\":" + ids.size() + ",\"rows\":[" + rows(ids) + "]}"
                : "{\"rows\":[]}");
    platform.answer("/detail", q -> "{\"row\":{\"id\":%s}}".formatted(q.get("id")));
    platform.answer("/items", q -> "{\"rows\":[" + rows(List.of(q.get("ids").split(","))) + "]}");
  }

  private static String rows(List<String> ids) {
    return ids.stream().map(id -> "{\"id\":" + id + "}").collect(Collectors.joining(","));
  }

  private Extractor.Outcome extract() throws Exception {
    return platform.extract(SHOP.formatted(name), name, "products", Clock.systemUTC());
  }

  private void assertSucceeds() throws Exception {
    Extractor.Outcome outcome = extract();
    assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.SUCCEEDED);
  }

  private static ScriptedPlatform.Reply refusal(int status) {
    return new ScriptedPlatform.Reply(status, Map.of(), "{\"error\":\"no such thing\"}");
  }

  @Test
  void areDeadLettersAndTheOthersGoOn() throws Exception {
    serve(ScriptedPlatform.ids(0, 20));
    platform.reply(
        "/detail",
        q ->
            switch (q.get("id")) {
              case "3" -> refusal(404);
              case "4" -> ScriptedPlatform.ok("{\"row\":null}");
              default -> ScriptedPlatform.ok("{\"row\":{\"id\":%s}}".formatted(q.get("id")));
            });
    platform.reply(
        "/items",
        q -> {
          List<String> ids = List.of(q.get("ids").split(","));
          return ids.contains("7") || ids.contains("12")
              ? refusal(400)
              : ScriptedPlatform.ok(
                  "{\"rows\":[" + rows(ids.stream().filter(id -> !id.equals("9")).toList()) + "]}");
        });

    assertSucceeds();

    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSize(18).doesNotContainKeys("3", "4");
    assertThat(platform.staged("raw_items", name))
        .hasSize(15)
        .doesNotContainKeys("3", "4", "7", "9", "12");
    assertThat(platform.deadLetters(name))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "product/3", "refused",
                "product/4", "no_detail",
                "items/7", "refused",
                "items/12", "refused",
                "items/9", "no_detail"));
  }

  @Test
  void thatAreAllAreNoMatterOfTheRecords() throws Exception {
    serve(ScriptedPlatform.ids(0, 20));
    platform.reply("/items", q -> refusal(403));

    Extractor.Outcome outcome = extract();

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).contains(name, "/items", "was refused", "HTTP 403");
    assertThat(platform.deadLetters(name)).hasSizeLessThan(10);
    // What was to be had is staged, and once it is allowed the rest comes too.
    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSize(20);
    serve(ScriptedPlatform.ids(0, 20));
    assertSucceeds();
    assertThat(platform.staged("raw_items", name).size() + platform.deadLetters(name).size())
        .isEqualTo(20);
  }

  @Test
  void thatAreAllFromTheMiddleOnAreNoMatterOfTheRecordsEither() throws Exception {
    platform.answer(
        "/list",
        q -> {
          int offset = Integer.parseInt(q.get("offset"));
          return "{\"total\":40,\"rows\":["
              + (offset < 40 ? rows(ScriptedPlatform.ids(offset, offset + 20)) : "")
              + "]}";
        });
    platform.answer("/items", q -> "{\"rows\":[" + rows(List.of(q.get("ids").split(","))) + "]}");
    platform.reply(
        "/detail",
        q ->
            platform.count("/detail") > 23
                ? refusal(403)
                : ScriptedPlatform.ok("{\"row\":{\"id\":%s}}".formatted(q.get("id"))));

    Extractor.Outcome outcome = extract();

    assertThat(outcome.status()).isEqualTo(Extractor.Status.FAILED);
    assertThat(outcome.message()).contains(name, "/detail", "was refused", "HTTP 403");
    assertThat(platform.deadLetters(name)).isEmpty();
    platform.answer("/detail", q -> "{\"row\":{\"id\":%s}}".formatted(q.get("id")));
    assertSucceeds();
    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSize(40);
    assertThat(platform.staged("raw_items", name)).hasSize(40);
    assertThat(platform.deadLetters(name)).isEmpty();
  }

  @Test
  void anEmptyPageOfAListThatHasRecordsIsReadAgain() throws Exception {
    serve(ScriptedPlatform.ids(0, 12));
    platform.answer(
        "/list",
        q ->
            platform.count("/list") == 1
                ? "{\"total\":12,\"rows\":[]}"
                : "{\"total\":12,\"rows\":[" + rows(ScriptedPlatform.ids(0, 12)) + "]}");
    assertSucceeds();
    assertThat(platform.staged(Staging.PRODUCTS, name)).hasSize(12);
  }

  @Test
  void whatWaitsForTheRestOfItsPageIsStampedWhenItIsStaged() throws Exception {
    serve(ScriptedPlatform.ids(0, 12));
    AtomicReference<Instant> last = new AtomicReference<>();
    platform.answer(
        "/items",
        q -> {
          last.set(Instant.now());
          return "{\"rows\":[" + rows(List.of(q.get("ids").split(","))) + "]}";
        });
    assertSucceeds();
    // A load that began before does not pass over it.
    Date stamped = Date.from(last.get().minusMillis(1));
    assertThat(
            Stream.of(Staging.PRODUCTS, "raw_items")
                .flatMap(c -> platform.documents(c, name).stream())
                .map(document -> document.getDate("extracted_at")))
        .hasSize(24)
        .allSatisfy(at -> assertThat(at).isAfterOrEqualTo(stamped));
  }
}
