package vn.phusa.pipelines.io.marketplace.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What is read of one kind of record.
 *
 * @param kind what a record is called in staging: the part's name or its singular, "product"
 * @param every it is read whole, and at most once in this time; null: what changed since the last
 *     time
 * @param list the list, page by page
 * @param detail the records themselves, where the list gives only their ids
 * @param also what is read beside, by the name of the part that it goes to
 */
public record StreamSpec(
    String kind,
    @Nullable Duration every,
    ListRead list,
    @Nullable FollowRead detail,
    Map<String, FollowRead> also)
    implements Serializable {

  public StreamSpec {
    also = also == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(also));
  }

  /**
   * A request as data. Texts hold places for values: {from} and {to} of the period, {limit},
   * {offset}, {page}, {cursor} of the page, {id} or {ids} of the records.
   *
   * @param method GET or POST
   * @param path after the base URL
   * @param parameters of the query; a list repeats the name; what comes out empty is left out
   * @param headers further ones
   * @param body a JSON template; null: none
   */
  public record Request(
      String method,
      String path,
      Map<String, JsonNode> parameters,
      Map<String, String> headers,
      @Nullable JsonNode body)
      implements Serializable {

    public Request {
      method = method == null ? "GET" : method;
      parameters = parameters == null ? Map.of() : new LinkedHashMap<>(parameters);
      headers = headers == null ? Map.of() : new LinkedHashMap<>(headers);
    }
  }

  /**
   * Where things are in an answer, as JSON pointers.
   *
   * @param records the list of records, or the one record
   * @param total how many there are in all pages; null: not said
   * @param next what leads to the next page: an offset, a cursor, a token
   * @param more whether there is a next page
   * @param lastPage the number of the last page
   * @param mayBeAbsent no list is an empty list
   */
  public record Answer(
      String records,
      @Nullable String total,
      @Nullable String next,
      @Nullable String more,
      @Nullable String lastPage,
      boolean mayBeAbsent)
      implements Serializable {}

  /**
   * Where things are in a record, as JSON pointers.
   *
   * @param id its id; null: that of the record that it belongs to
   * @param updated when it changed: seconds or milliseconds since 1970, or a text with or without
   *     an offset; null: not said
   */
  public record RecordShape(@Nullable String id, @Nullable String updated)
      implements Serializable {}

  /**
   * A list's pages.
   *
   * @param kind how it is cut into them
   * @param limit records a page
   * @param first the first page's number or offset
   * @param greatestOffset what the platform lets no offset exceed; null: none
   * @param ascending records come by the time of their change, so that a capped list can be
   *     continued by it; otherwise the period is halved until its list is short enough
   * @param verify pages are read again until they bring nothing new, since records move between
   *     them and no total shows
   */
  public record Paging(
      PagingKind kind,
      int limit,
      long first,
      @Nullable Long greatestOffset,
      boolean ascending,
      boolean verify)
      implements Serializable {

    /** Of a list that comes whole. */
    static Paging none() {
      PagingKind none = RegisteredKinds.named(PagingKind.class, "none");
      return new Paging(none, 0, 0, null, false, false);
    }
  }

  /**
   * How a list is asked for what changed in a period.
   *
   * @param format epochSeconds, epochMillis, or a pattern of java.time
   * @param zone the zone that a pattern's local times are in; null: the marketplace's
   * @param window the longest period that one list may cover; null: any
   * @param overlap how much of the last period is read again
   * @param beginning where the first extraction begins: an instant, or how long ago
   */
  public record Since(
      String format,
      java.time.@Nullable ZoneOffset zone,
      @Nullable Duration window,
      Duration overlap,
      String beginning)
      implements Serializable {

    private static final Duration DEFAULT_OVERLAP = Duration.ofMinutes(5);

    public Since {
      overlap = overlap == null ? DEFAULT_OVERLAP : overlap;
      beginning = beginning == null ? "2010-01-01T00:00:00Z" : beginning;
    }

    /** Where the first extraction begins. */
    public Instant beginning(Instant now) {
      return beginning.startsWith("P")
          ? now.minus(Duration.parse(beginning))
          : Instant.parse(beginning);
    }
  }

  /** A list that is read page by page. */
  public record ListRead(
      Request request, Paging paging, @Nullable Since since, Answer answer, RecordShape record)
      implements Serializable {

    public ListRead {
      paging = paging == null ? Paging.none() : paging;
    }
  }

  /**
   * What is read for records that are known.
   *
   * @param kind what its records are called: the part's name or its singular; null: the part's name
   * @param batch how many records one request asks for
   * @param idsAs how {ids} is written: "1,2" or "[1,2]"
   * @param when only for records that have this
   * @param required a record for which there is nothing is a dead letter; so it is with details
   */
  public record FollowRead(
      @Nullable String kind,
      Request request,
      int batch,
      Ids idsAs,
      @Nullable When when,
      boolean required,
      Answer answer,
      RecordShape record)
      implements Serializable {

    public FollowRead {
      batch = batch == 0 ? 1 : batch;
      idsAs = idsAs == null ? Ids.COMMA : idsAs;
      record = record == null ? new RecordShape(null, null) : record;
    }

    /** What its records are called in a part. */
    public String kindIn(String part) {
      return kind == null ? part : kind;
    }
  }

  /** How several ids are written. */
  public enum Ids {
    COMMA,
    JSONARRAY
  }

  /**
   * A condition on a record.
   *
   * @param at where, as a JSON pointer
   * @param is the text of the value
   */
  public record When(String at, String is) implements Serializable {}

  void check(String where, String part) {
    InvalidSpecException.check(kind != null, where + ".kind is missing");
    SpecValidation.kind(where, part, kind);
    InvalidSpecException.check(list != null, where + ".list is missing");
    if (every != null) {
      SpecValidation.positive(where + ".every", every);
    }
    checkRequest(where + ".list", list.request(), list.answer());
    InvalidSpecException.check(
        list.record() != null && list.record().id() != null, where + ".list.record.id is missing");
    checkShape(where + ".list.record", list.record());
    Paging paging = list.paging();
    InvalidSpecException.check(paging.kind() != null, where + ".list.paging.kind is missing");
    InvalidSpecException.checkNone(paging.kind().problem(list), where + ".list.");
    if (list.since() != null) {
      checkSince(where + ".list.since", list.since());
    }
    if (detail != null) {
      checkFollowed(where + ".detail", detail);
      InvalidSpecException.check(
          detail.batch() == 1 || detail.record().id() != null,
          where + ".detail.record.id is missing");
    }
    also.forEach(
        (beside, read) -> {
          String there = where + ".also." + beside;
          SpecValidation.name(where + ".also", beside);
          SpecValidation.kind(there, beside, read.kindIn(beside));
          checkFollowed(there, read);
        });
  }

  private static void checkFollowed(String where, FollowRead read) {
    checkRequest(where, read.request(), read.answer());
    checkShape(where + ".record", read.record());
    InvalidSpecException.check(read.batch() > 0, where + ".batch is not positive");
    if (read.when() != null) {
      SpecValidation.present(where + ".when.at", read.when().at());
      SpecValidation.pointer(where + ".when.at", read.when().at());
    }
  }

  private static void checkShape(String where, RecordShape record) {
    SpecValidation.pointer(where + ".id", record.id());
    SpecValidation.pointer(where + ".updated", record.updated());
  }

  private static void checkSince(String where, Since since) {
    try {
      since.beginning(Instant.EPOCH);
    } catch (java.time.DateTimeException e) {
      throw new InvalidSpecException(where + ".beginning is neither an instant nor a duration");
    }
    try {
      PlatformTime.of(since.format(), java.time.ZoneOffset.UTC);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new InvalidSpecException(where + ".format is no format of times");
    }
    SpecValidation.notNegative(where + ".overlap", since.overlap());
    if (since.window() != null) {
      // Shorter, and periods that touch would never come to the end.
      InvalidSpecException.check(
          since.window().compareTo(Duration.ofSeconds(2)) >= 0, where + ".window is too short");
    }
  }

  private static void checkRequest(String where, Request request, Answer answer) {
    InvalidSpecException.check(
        request != null && request.path() != null, where + ".request.path is missing");
    InvalidSpecException.check(
        answer != null && answer.records() != null, where + ".answer.records is missing");
    SpecValidation.pointer(where + ".answer.records", answer.records());
    SpecValidation.pointer(where + ".answer.total", answer.total());
    SpecValidation.pointer(where + ".answer.next", answer.next());
    SpecValidation.pointer(where + ".answer.more", answer.more());
    SpecValidation.pointer(where + ".answer.lastPage", answer.lastPage());
  }
}
