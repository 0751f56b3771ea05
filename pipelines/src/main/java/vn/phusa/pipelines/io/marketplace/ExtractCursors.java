package vn.phusa.pipelines.io.marketplace;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.mongodb.Staging;

/**
 * How far a part of a platform is extracted. Moved page by page, after the page is safe in staging.
 */
final class ExtractCursors {
  private static final String CURSORS = "extract_cursor";

  private final MongoCollection<Document> cursors;
  private final String key;

  ExtractCursors(Staging staging, String key) {
    this.cursors = staging.memory(CURSORS);
    this.key = key;
  }

  /**
   * A cursor.
   *
   * @param done everything that changed before is in staging; null: nothing yet
   * @param place the page that an extraction under way reads next; null: none is under way
   */
  record Cursor(@Nullable Instant done, @Nullable Place place) {}

  Cursor load() {
    Document document = cursors.find(Filters.eq(key)).first();
    return document == null
        ? new Cursor(null, null)
        : new Cursor(
            instant(document.getDate("done")), place(document.get("place", Document.class)));
  }

  void save(Cursor cursor, String runId) {
    Date done = cursor.done() == null ? null : Date.from(cursor.done());
    cursors.replaceOne(
        Filters.eq(key),
        new Document("_id", key)
            .append("done", done)
            .append("place", document(cursor.place()))
            .append("run_id", runId),
        new ReplaceOptions().upsert(true));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static @Nullable Document document(@Nullable Place place) {
    return place == null
        ? null
        : new Document("from", Date.from(place.from()))
            .append("to", Date.from(place.to()))
            .append("end", Date.from(place.end()))
            .append("number", place.number())
            .append("token", place.token())
            .append("total", place.total());
  }

  private static @Nullable Place place(@Nullable Document document) {
    return document == null
        ? null
        : new Place(
            document.getDate("from").toInstant(),
            document.getDate("to").toInstant(),
            document.getDate("end").toInstant(),
            document.getLong("number"),
            document.getString("token"),
            document.getLong("total"));
  }
}
