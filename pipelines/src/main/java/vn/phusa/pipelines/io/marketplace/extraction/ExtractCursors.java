package vn.phusa.pipelines.io.marketplace.extraction;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.paging.PagePosition;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.step.RunId;

/**
 * How far a part of a platform is extracted. Moved page by page, after the page is safe in staging.
 */
public final class ExtractCursors {
  private static final String CURSORS = "extract_cursor";

  private final MongoCollection<Document> cursors;
  private final String key;

  public ExtractCursors(Staging staging, String key) {
    this.cursors = staging.memory(CURSORS);
    this.key = key;
  }

  /**
   * A cursor.
   *
   * @param done everything that changed before is in staging; null: nothing yet
   * @param position the page that an extraction under way reads next; null: none is under way
   * @param progress what it remembers beside
   */
  record Cursor(@Nullable Instant done, @Nullable PagePosition position, PassProgress progress) {
    Cursor(@Nullable Instant done, @Nullable PagePosition position) {
      this(done, position, PassProgress.begun());
    }

    Cursor at(@Nullable PagePosition next, PassProgress nextProgress) {
      return new Cursor(done, next, nextProgress);
    }
  }

  Cursor load() {
    Document document = cursors.find(Filters.eq(key)).first();
    return document == null
        ? new Cursor(null, null)
        : new Cursor(
            instant(document.getDate("done")),
            position(document.get("place", Document.class)),
            progress(document.get("progress", Document.class)));
  }

  void save(Cursor cursor, RunId runId) {
    Date done = cursor.done() == null ? null : Date.from(cursor.done());
    cursors.replaceOne(
        Filters.eq(key),
        new Document("_id", key)
            .append("done", done)
            .append("place", document(cursor.position()))
            .append("progress", document(cursor.progress()))
            .append("run_id", runId.toString()),
        new ReplaceOptions().upsert(true));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static @Nullable Document document(@Nullable PagePosition position) {
    return position == null
        ? null
        : new Document("from", Date.from(position.from()))
            .append("to", Date.from(position.to()))
            .append("end", Date.from(position.end()))
            .append("number", position.number())
            .append("token", position.token())
            .append("total", position.total())
            .append("pages", position.pages())
            .append("landmark", position.landmark());
  }

  private static Document document(PassProgress progress) {
    // Not by the names of parts: those are keys of a user's, and need not be keys of a document.
    List<Document> staged = new ArrayList<>();
    progress
        .staged()
        .forEach(
            (part, ids) -> staged.add(new Document("part", part).append("ids", List.copyOf(ids))));
    return new Document("pass", progress.pass())
        .append("has_new", progress.hasNew())
        .append("rows", progress.rows())
        .append("staged", staged);
  }

  private static PassProgress progress(@Nullable Document document) {
    if (document == null) {
      return PassProgress.begun();
    }
    Map<String, Set<String>> staged = new HashMap<>();
    for (Document part : document.getList("staged", Document.class)) {
      staged.put(part.getString("part"), Set.copyOf(part.getList("ids", String.class)));
    }
    return new PassProgress(
        document.getInteger("pass"),
        document.getBoolean("has_new"),
        document.get("rows", 0L),
        staged);
  }

  private static @Nullable PagePosition position(@Nullable Document document) {
    return document == null
        ? null
        : new PagePosition(
            document.getDate("from").toInstant(),
            document.getDate("to").toInstant(),
            document.getDate("end").toInstant(),
            document.getLong("number"),
            document.getString("token"),
            document.getLong("total"),
            document.get("pages", 0L),
            document.get("landmark", ""));
  }
}
