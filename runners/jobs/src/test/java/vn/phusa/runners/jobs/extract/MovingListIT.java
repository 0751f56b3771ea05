package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.Extractor;

/** Lists whose records move while they are read, though their number stays the same. */
class MovingListIT extends ScriptedPlatformTest {
  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          auth: {kind: apiKeyHeader, header: X-Key, credentials: {key: KEY}}
          extract:
            orders:
              kind: order
              list:
                request: {path: /list, parameters: {offset: "{offset}"}}
                paging: {kind: offset, limit: 10}
                answer: {records: /rows, total: /total}
                record: {id: /id}
      """;

  /** Answers a list, whose first record moves to its end after an offset was read, once. */
  private void serve(List<String> ids, int movesAfter) {
    List<String> rows = Collections.synchronizedList(new ArrayList<>(ids));
    List<String> moved = Collections.synchronizedList(new ArrayList<>());
    platform.answer(
        "/list",
        q -> {
          int offset = Integer.parseInt(q.getOrDefault("offset", "0"));
          String page =
              rows.subList(offset, Math.min(rows.size(), offset + 10)).stream()
                  .map(id -> "{\"id\":" + id + "}")
                  .collect(Collectors.joining(",", "{\"rows\":[", "],\"total\":" + rows.size()));
          if (offset == movesAfter && moved.isEmpty()) {
            moved.add(rows.remove(0));
            rows.addAll(moved);
          }
          return page + "}";
        });
  }

  private Map<String, String> extract() throws Exception {
    Extractor.Outcome outcome =
        platform.extract(SHOP.formatted(name), name, "orders", Clock.systemUTC());
    assertThat(outcome.status()).as(outcome.message()).isEqualTo(Extractor.Status.SUCCEEDED);
    return platform.staged("raw_orders", name);
  }

  @Test
  void aRecordThatOthersMadeWayForIsNotMissed() throws Exception {
    List<String> ids = ScriptedPlatform.ids(0, 35);
    serve(ids, 10);
    assertThat(extract().keySet()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(platform.count("/list")).as("the list, twice").isEqualTo(8);
  }

  @Test
  void aListThatStandsStillIsReadOnce() throws Exception {
    List<String> ids = ScriptedPlatform.ids(0, 35);
    serve(ids, -1);
    assertThat(extract().keySet()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(platform.count("/list")).isEqualTo(4);
  }
}
