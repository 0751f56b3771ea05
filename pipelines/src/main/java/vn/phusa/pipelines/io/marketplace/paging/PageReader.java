package vn.phusa.pipelines.io.marketplace.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.http.RequestTemplate;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.PlatformTime;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** Reads the pages of a list. */
public final class PageReader {
  private final String platform;
  private final StreamSpec.ListRead list;
  private final ZoneOffset zone;
  private final @Nullable PlatformTime times;
  private final MarketplaceClient client;
  private final RequestTemplate request;
  private final JsonRecordExtractor extractor;

  /**
   * @param alsoWanted further pointers into a record
   */
  public PageReader(
      String platform,
      Marketplace marketplace,
      StreamSpec.ListRead list,
      Collection<String> alsoWanted,
      MarketplaceClient client) {
    this.platform = platform;
    this.list = list;
    this.zone = marketplace.zone();
    StreamSpec.Since since = list.since();
    this.times =
        since == null
            ? null
            : PlatformTime.of(
                since.format(), since.zone() == null ? marketplace.zone() : since.zone());
    this.client = client;
    this.request = new RequestTemplate(marketplace.baseUrl(), list.request());
    StreamSpec.Answer answer = list.answer();
    List<String> wanted = new ArrayList<>(alsoWanted);
    wanted.add(list.record().id());
    if (list.record().updated() != null) {
      wanted.add(list.record().updated());
    }
    this.extractor =
        JsonRecordExtractor.withErrors(
            marketplace.errors(),
            answer.records(),
            Stream.of(answer.total(), answer.next(), answer.more(), answer.lastPage())
                .filter(Objects::nonNull)
                .toList(),
            wanted);
  }

  /**
   * A page.
   *
   * @param seen what the next one depends on
   */
  public record Page(List<ListedRecord> records, Paginator.Seen seen) {}

  /**
   * Reads a page.
   *
   * @throws MarketplaceException if it is refused, the records are not where they should be, or
   *     have no ids
   */
  public Page read(PagePosition position) throws InterruptedException {
    ExtractedJson extracted = send(position);
    StreamSpec.Answer answer = list.answer();
    Long total = extracted.number(answer.total());
    List<ExtractedJson.Piece> pieces = extracted.records();
    if (pieces == null) {
      if (!answer.mayBeAbsent() && !Long.valueOf(0).equals(total)) {
        throw MarketplaceException.lasting(
            platform
                + ": "
                + list.request().path()
                + ": no records at "
                + answer.records()
                + " of the answer");
      }
      pieces = List.of();
    }
    List<ListedRecord> records = new ArrayList<>(pieces.size());
    for (ExtractedJson.Piece piece : pieces) {
      records.add(
          new ListedRecord(
              id(piece, list.record().id()), piece.value(list.record().updated()), piece));
    }
    checkIds(platform, list.request().path(), list.record().id(), records);
    return new Page(records, seen(extracted, total, records));
  }

  private ExtractedJson send(PagePosition position) throws InterruptedException {
    try {
      return client.send(request.fill(values(position)), extractor);
    } catch (MarketplaceClient.RejectedException e) {
      throw MarketplaceException.lasting(e.getMessage());
    }
  }

  private Paginator.Seen seen(
      ExtractedJson extracted, @Nullable Long total, List<ListedRecord> records) {
    StreamSpec.Answer answer = list.answer();
    String more = extracted.value(answer.more());
    String updated = records.isEmpty() ? null : records.get(records.size() - 1).updated();
    Long micros = updated == null ? null : PlatformTime.micros(updated, zone);
    return new Paginator.Seen(
        records.size(),
        total,
        extracted.value(answer.next()),
        answer.more() == null ? null : "true".equals(more) || "1".equals(more),
        extracted.number(answer.lastPage()),
        micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  /** The id of a record; null: it has none. */
  static @Nullable String id(ExtractedJson.Piece piece, String pointer) {
    String id = piece.value(pointer);
    return id == null || id.isEmpty() ? null : id;
  }

  /**
   * One without an id is a record that cannot be used; only such ones are not what was described.
   *
   * @throws MarketplaceException if none of several records, or the only one, has an id
   */
  static void checkIds(String platform, String path, String pointer, List<ListedRecord> records) {
    if (!records.isEmpty() && records.stream().allMatch(record -> record.id() == null)) {
      throw MarketplaceException.lasting(
          platform + ": " + path + ": no record has an id at " + pointer);
    }
  }

  private Map<String, JsonNode> values(PagePosition position) {
    Map<String, JsonNode> values = new HashMap<>();
    if (times != null) {
      values.put("from", time(position.from()));
      values.put("to", time(position.to()));
    }
    values.put("limit", LongNode.valueOf(list.paging().limit()));
    values.put("offset", LongNode.valueOf(position.number()));
    values.put("page", LongNode.valueOf(position.number()));
    values.put("cursor", TextNode.valueOf(position.token()));
    return values;
  }

  private JsonNode time(Instant instant) {
    String text = times.write(instant);
    return times.isNumber() ? LongNode.valueOf(Long.parseLong(text)) : TextNode.valueOf(text);
  }
}
