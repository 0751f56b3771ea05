package vn.phusa.pipelines.io.marketplace.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;
import vn.phusa.pipelines.io.marketplace.http.Futures;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.http.RequestTemplate;
import vn.phusa.pipelines.io.marketplace.limit.ExtractionPausedException;
import vn.phusa.pipelines.io.marketplace.spec.Marketplace;
import vn.phusa.pipelines.io.marketplace.spec.StreamSpec;

/** Reads what belongs to records that are known: their details, items, models. */
public final class RelatedRecordReader {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  /** So many records that are refused before any is not, is no matter of the records. */
  private static final int MAX_REFUSED = 5;

  private final String platform;
  private final StreamSpec.FollowRead read;
  private final MarketplaceClient client;
  private final ExecutorService requests;
  private final RequestTemplate request;
  private final JsonRecordExtractor extractor;
  private final JsonRecordExtractor payloads;
  private final AtomicInteger refused = new AtomicInteger();

  /** The last one that something was found for. */
  private volatile @Nullable ListedRecord answered;

  /**
   * @param alsoWanted further pointers into a record
   * @param requests where several requests are sent at once
   */
  public RelatedRecordReader(
      String platform,
      Marketplace marketplace,
      StreamSpec.FollowRead read,
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
    this.extractor =
        JsonRecordExtractor.withErrors(
            marketplace.errors(), read.answer().records(), List.of(), wanted);
    this.payloads = new JsonRecordExtractor("", List.of(), wanted);
  }

  /** Whether something is to be read for a record. */
  public boolean isFor(ListedRecord record) {
    return read.when() == null || read.when().is().equals(record.piece().value(read.when().at()));
  }

  /** Whether there must be something for each record. */
  public boolean isRequired() {
    return read.required();
  }

  /**
   * What one request brought, or those that it was divided into.
   *
   * @param asked the records that it was for
   * @param found what the platform gave; a record's time where its own is not said
   * @param refused why the platform refuses the request for a record alone, by the record's id
   */
  public record Batch(
      List<ListedRecord> asked, List<ListedRecord> found, Map<String, String> refused) {

    /** The ids of what it brought. */
    public Set<String> foundIds() {
      return found.stream().map(ListedRecord::id).collect(Collectors.toSet());
    }
  }

  /**
   * Reads for records, in as few requests as may be, several at once. Where one fails, what the
   * others brought that were sent already is given all the same.
   *
   * <p>A request that is refused is divided until it is known for which record: that one costs
   * nobody else anything.
   *
   * @param taker is given what each request brought, in the order of the records, on this thread
   * @throws ExtractionPausedException if the platform's limits exceed the wait budget
   * @throws MarketplaceException if a request went wrong too often, or all are refused
   */
  public void read(List<ListedRecord> records, Consumer<Batch> taker) throws InterruptedException {
    Map<String, ListedRecord> byId = new LinkedHashMap<>();
    records.forEach(record -> byId.put(record.id(), record));
    List<ListedRecord> distinct = List.copyOf(byId.values());
    AtomicBoolean hasFailed = new AtomicBoolean();
    List<Future<@Nullable Batch>> coming = new ArrayList<>();
    RuntimeException failure = null;
    try {
      for (int i = 0; i < distinct.size(); i += read.batch()) {
        List<ListedRecord> batch = distinct.subList(i, Math.min(distinct.size(), i + read.batch()));
        coming.add(requests.submit(() -> unlessFailed(batch, hasFailed)));
      }
      for (Future<@Nullable Batch> one : coming) {
        try {
          Batch batch = Futures.await(one);
          if (batch != null) {
            taker.accept(batch);
          }
        } catch (ExtractionPausedException | MarketplaceException e) {
          failure = failure == null ? e : failure;
        }
      }
    } finally {
      coming.forEach(batch -> batch.cancel(true));
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable Batch unlessFailed(List<ListedRecord> batch, AtomicBoolean hasFailed)
      throws InterruptedException {
    if (hasFailed.get()) {
      return null;
    }
    try {
      return divided(batch);
    } catch (RuntimeException e) {
      hasFailed.set(true);
      throw e;
    }
  }

  private Batch divided(List<ListedRecord> batch) throws InterruptedException {
    String problem;
    try {
      List<ListedRecord> found = readBatch(batch);
      Set<String> ids = found.stream().map(ListedRecord::id).collect(Collectors.toSet());
      batch.stream()
          .filter(record -> ids.contains(record.id()))
          .findFirst()
          .ifPresent(record -> answered = record);
      return new Batch(batch, found, Map.of());
    } catch (MarketplaceClient.RejectedException e) {
      problem = e.getMessage();
    }
    if (batch.size() == 1) {
      checkAnswersOthers(problem);
      return new Batch(batch, List.of(), Map.of(batch.get(0).id(), problem));
    }
    int half = batch.size() / 2;
    Batch first = divided(batch.subList(0, half));
    Batch second = divided(batch.subList(half, batch.size()));
    List<ListedRecord> found = new ArrayList<>(first.found());
    found.addAll(second.found());
    Map<String, String> both = new HashMap<>(first.refused());
    both.putAll(second.refused());
    return new Batch(batch, found, both);
  }

  /**
   * Fails if it is not the record that the platform refuses, but us: what it answered before is
   * asked for again.
   */
  private void checkAnswersOthers(String problem) throws InterruptedException {
    ListedRecord before = answered;
    if (before == null) {
      if (refused.incrementAndGet() >= MAX_REFUSED) {
        throw MarketplaceException.lasting(problem);
      }
      return;
    }
    try {
      readBatch(List.of(before));
    } catch (MarketplaceClient.RejectedException e) {
      throw MarketplaceException.lasting(problem);
    }
  }

  /**
   * A record as it was read before.
   *
   * @param payload its text
   * @return null if the text is not that of such a record
   */
  public @Nullable ListedRecord known(ListedRecord listed, String payload) {
    ExtractedJson extracted = payloads.extractOrNull(payload.getBytes(StandardCharsets.UTF_8));
    if (extracted == null || extracted.records() == null || extracted.records().size() != 1) {
      return null;
    }
    ExtractedJson.Piece piece = extracted.records().get(0);
    return new ListedRecord(listed.id(), updated(piece, listed), piece);
  }

  private List<ListedRecord> readBatch(List<ListedRecord> batch) throws InterruptedException {
    ExtractedJson extracted = send(batch);
    if (extracted.records() == null) {
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
    for (ExtractedJson.Piece piece : extracted.records()) {
      String id =
          read.record().id() == null ? batch.get(0).id() : PageReader.id(piece, read.record().id());
      found.add(new ListedRecord(id, updated(piece, byId.get(id)), piece));
    }
    PageReader.checkIds(platform, read.request().path(), read.record().id(), found);
    return found;
  }

  private ExtractedJson send(List<ListedRecord> batch) throws InterruptedException {
    try {
      return client.send(request.fill(values(batch)), extractor);
    } catch (MarketplaceClient.PagingLostException | MarketplaceClient.ListTooLongException e) {
      // There are no pages here: the platform uses the same code for more than one thing.
      throw new MarketplaceClient.RejectedException(
          platform + ": " + read.request().path() + " was refused: " + e.getMessage());
    }
  }

  private @Nullable String updated(ExtractedJson.Piece piece, @Nullable ListedRecord of) {
    String own = piece.value(read.record().updated());
    return own != null || of == null ? own : of.updated();
  }

  private Map<String, JsonNode> values(List<ListedRecord> batch) {
    JsonNode ids;
    if (read.idsAs() == StreamSpec.Ids.COMMA) {
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
