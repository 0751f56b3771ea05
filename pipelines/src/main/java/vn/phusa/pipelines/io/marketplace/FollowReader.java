package vn.phusa.pipelines.io.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Reads what belongs to records that are known: their details, items, models. */
final class FollowReader {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  private final String platform;
  private final Extract.FollowRead read;
  private final MarketplaceClient client;
  private final ExecutorService requests;
  private final RequestTemplate request;
  private final RecordCutter cutter;

  /**
   * @param alsoWanted further pointers into a record
   * @param requests where several requests are sent at once
   */
  FollowReader(
      String platform,
      Marketplace marketplace,
      Extract.FollowRead read,
      Collection<String> alsoWanted,
      MarketplaceClient client,
      ExecutorService requests) {
    this.platform = platform;
    this.read = read;
    this.client = client;
    this.requests = requests;
    this.request = new RequestTemplate(marketplace.baseUrl(), read.request());
    List<String> wanted = new ArrayList<>(alsoWanted);
    if (read.record().id() != null) {
      wanted.add(read.record().id());
    }
    if (read.record().updated() != null) {
      wanted.add(read.record().updated());
    }
    this.cutter =
        MarketplaceClient.cutter(marketplace.errors(), read.answer().records(), List.of(), wanted);
  }

  /** Whether something is to be read for a record. */
  boolean isFor(ListedRecord record) {
    return read.when() == null || read.when().is().equals(record.piece().value(read.when().at()));
  }

  /**
   * Reads for records, in as few requests as may be, several at once.
   *
   * @return what the platform gave; a record's time where its own is not said
   */
  List<ListedRecord> read(List<ListedRecord> records) throws InterruptedException {
    Map<String, ListedRecord> byId = new LinkedHashMap<>();
    records.forEach(record -> byId.put(record.id(), record));
    List<ListedRecord> distinct = List.copyOf(byId.values());
    List<Future<List<ListedRecord>>> coming = new ArrayList<>();
    try {
      for (int i = 0; i < distinct.size(); i += read.batch()) {
        List<ListedRecord> batch = distinct.subList(i, Math.min(distinct.size(), i + read.batch()));
        coming.add(requests.submit(() -> readBatch(batch)));
      }
      List<ListedRecord> all = new ArrayList<>();
      for (Future<List<ListedRecord>> batch : coming) {
        all.addAll(Futures.await(batch));
      }
      return all;
    } finally {
      coming.forEach(batch -> batch.cancel(true));
    }
  }

  private List<ListedRecord> readBatch(List<ListedRecord> batch) throws InterruptedException {
    Cut cut = client.send(request.fill(values(batch)), cutter);
    if (cut.records() == null) {
      if (read.answer().mayBeAbsent()) {
        return List.of();
      }
      throw MarketplaceException.lasting(
          platform
              + ": "
              + read.request().path()
              + ": no records at "
              + read.answer().records()
              + " of the answer");
    }
    Map<String, ListedRecord> byId = new LinkedHashMap<>();
    batch.forEach(record -> byId.put(record.id(), record));
    List<ListedRecord> found = new ArrayList<>();
    for (Cut.Piece piece : cut.records()) {
      String id =
          read.record().id() == null
              ? batch.get(0).id()
              : PageReader.id(platform, read.request().path(), piece, read.record().id());
      found.add(new ListedRecord(id, updated(piece, byId.get(id)), piece));
    }
    return found;
  }

  private @Nullable String updated(Cut.Piece piece, @Nullable ListedRecord of) {
    String own = piece.value(read.record().updated());
    return own != null || of == null ? own : of.updated();
  }

  private Map<String, JsonNode> values(List<ListedRecord> batch) {
    JsonNode ids;
    if (read.idsAs() == Extract.Ids.COMMA) {
      ids = TextNode.valueOf(String.join(",", batch.stream().map(ListedRecord::id).toList()));
    } else {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (ListedRecord record : batch) {
        if (NUMBER.matcher(record.id()).matches()) {
          array.add(Long.parseLong(record.id()));
        } else {
          array.add(record.id());
        }
      }
      ids = array;
    }
    return Map.of("ids", ids, "id", TextNode.valueOf(batch.get(0).id()));
  }
}
