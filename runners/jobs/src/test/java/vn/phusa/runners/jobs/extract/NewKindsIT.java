package vn.phusa.runners.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import vn.phusa.pipelines.io.marketplace.Extractor;
import vn.phusa.pipelines.io.staging.Staging;

/**
 * What is extracted by {@link TicketAuthentication} and {@link CountdownPaging}, of which the
 * program knows only the lines in {@code META-INF/services} beside these tests.
 */
class NewKindsIT extends ScriptedPlatformTest {
  private static final String SHOP =
      """
      marketplaces:
        %s:
          platform: S
          baseUrl: URL
          auth: {kind: Ticket, ticketPath: /counter, ticketWord: Stub,
                 credentials: {counter: 7, stamp: KEY}}
          extract:
            products:
              kind: product
              list:
                request: {path: /list, parameters: {page: "{page}"}}
                paging: {kind: countdown, first: 3}
                answer: {records: /rows}
                record: {id: /id}
      """;

  @Test
  void aPlatformIsReadByThem() throws Exception {
    List<String> tickets = new CopyOnWriteArrayList<>();
    List<String> pages = new CopyOnWriteArrayList<>();
    platform.answer(
        "/counter",
        query -> {
          tickets.add(query.get("body"));
          return "{\"ticket\":\"no-1\"}";
        });
    platform.answer(
        "/list",
        query -> {
          pages.add(query.get("page") + " " + query.get("authorization"));
          return "{\"rows\":[{\"id\":\"p%s\"}]}".formatted(query.get("page"));
        });

    Extractor.Outcome outcome =
        platform.extract(SHOP.formatted(name), name, "products", Clock.systemUTC());

    assertThat(outcome.message()).isEmpty();
    assertThat(outcome.status()).isEqualTo(Extractor.Status.SUCCEEDED);
    assertThat(tickets)
        .containsExactly("{\"counter\":7,\"stamp\":\"" + ScriptedPlatform.SECRET + "\"}");
    assertThat(pages).containsExactly("3 Stub no-1", "2 Stub no-1", "1 Stub no-1");
    assertThat(platform.staged(Staging.PRODUCTS, name)).containsOnlyKeys("p1", "p2", "p3");
  }
}
