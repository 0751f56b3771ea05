package vn.phusa.pipelines.io.marketplace.feed;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.marketplace.extraction.Extraction;
import vn.phusa.pipelines.io.marketplace.extraction.ExtractionLease;
import vn.phusa.pipelines.io.marketplace.extraction.StagingSink;
import vn.phusa.pipelines.io.marketplace.http.ExtractedJson;
import vn.phusa.pipelines.io.marketplace.http.JsonRecordExtractor;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;
import vn.phusa.pipelines.io.marketplace.spec.FeedSpec;
import vn.phusa.pipelines.io.marketplace.spec.PlatformTime;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.model.SourcePosition;

/**
 * Extracts the new and changed files of a feed. A line that cannot be used is a dead letter, and
 * its neighbours are read; a file that was read whole is not read again until it changes. One that
 * cannot be read fails the extraction, but only after all the others.
 */
public final class FeedExtraction implements Extraction {
  private static final int BATCH = 500;
  private static final int BATCH_CHARACTERS = 4_000_000;
  private static final int KEPT_OF_TOO_LONG = 1 << 16;
  private static final long MICROS_A_MILLI = 1000;

  private final String name;
  private final FeedSpec feed;
  private final FeedFiles files;
  private final ExtractionLease lease;
  private final StagingSink sink;
  private final RunId runId;
  private final Clock clock;
  private final JsonRecordExtractor extractor;
  private final String id;
  private final @Nullable String updated;
  private final FieldLength fields;
  private FileBudget budget;

  public FeedExtraction(
      String name,
      FeedSpec feed,
      FeedFiles files,
      ExtractionLease lease,
      StagingSink sink,
      RunId runId,
      Clock clock) {
    this.name = name;
    this.feed = feed;
    this.files = files;
    this.lease = lease;
    this.sink = sink;
    this.runId = runId;
    this.clock = clock;
    this.fields = new FieldLength(feed.limits().fieldCharacters());
    this.budget = new FileBudget(feed.limits());
    this.id = pointer(feed.id());
    this.updated = feed.updated() == null ? null : pointer(feed.updated());
    this.extractor =
        new JsonRecordExtractor(
            "", List.of(), updated == null ? List.of(id) : List.of(id, updated));
  }

  /** The name of a column is the pointer of a field. */
  private static String pointer(String field) {
    return field.startsWith("/") ? field : "/" + field.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public void run() throws InterruptedException, SQLException {
    FeedFailures failures = new FeedFailures(name);
    FeedFiles.Changed changed = files.changed();
    changed.links().forEach(failures::add);
    for (FeedFiles.FeedFile file : changed.files()) {
      boolean isWhole = true;
      budget = new FileBudget(feed.limits());
      try {
        FeedLines.checkSize(file.size(), feed.limits());
        read(file);
      } catch (ClosedByInterruptException | InterruptedIOException e) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      } catch (IOException e) {
        failures.add(file, e);
        isWhole = false;
      }
      writeBatch();
      if (isWhole) {
        files.done(file, runId);
      }
    }
    failures.check();
  }

  private void read(FeedFiles.FeedFile file) throws IOException, SQLException {
    try (FeedLines lines = FeedLines.open(file.open(), feed.limits())) {
      if (isCsv(file.path(), lines)) {
        readCsv(file, lines);
      } else {
        readJsonLines(file, lines);
      }
    }
  }

  private boolean isCsv(Path path, FeedLines lines) throws IOException {
    if (feed.format() != FeedSpec.Format.AUTO) {
      return feed.format() == FeedSpec.Format.CSV;
    }
    String file = path.getFileName().toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (file.endsWith(".csv") || file.endsWith(".tsv")) {
      return true;
    }
    if (file.endsWith(".jsonl") || file.endsWith(".ndjson") || file.endsWith(".json")) {
      return false;
    }
    FeedLines.Line first = lines.next();
    if (first != null) {
      lines.putBack(first);
    }
    return first != null && !first.text().stripLeading().startsWith("{");
  }

  private void readJsonLines(FeedFiles.FeedFile file, FeedLines lines)
      throws IOException, SQLException {
    for (FeedLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.problem() != null || !line.text().isBlank()) {
        take(file, line.number(), line.text(), line.problem());
      }
    }
  }

  private void readCsv(FeedFiles.FeedFile file, FeedLines lines) throws IOException, SQLException {
    CsvRows rows = CsvRows.of(lines, feed.limits());
    for (CsvRows.CsvRow row = rows == null ? null : rows.next(); row != null; row = rows.next()) {
      take(file, row.line(), row.text(), row.problem());
    }
  }

  private void take(FeedFiles.FeedFile file, long line, String text, @Nullable Reason problem)
      throws FeedLimitException, SQLException {
    SourcePosition position = SourcePosition.inFile(file.path().toString(), line);
    if (problem != null) {
      reject(position, problem, error(problem), text);
    } else if (fields.isAnyLonger(text)) {
      reject(position, Reason.FIELD_TOO_LONG, error(Reason.FIELD_TOO_LONG), text);
    } else {
      stage(file, position, text);
    }
    if (sink.waiting() >= BATCH || sink.waitingCharacters() >= BATCH_CHARACTERS) {
      writeBatch();
    }
  }

  private String error(Reason problem) {
    if (problem.equals(Reason.TOO_LONG)) {
      return String.format(
          Locale.ROOT,
          "the row has more than %,d bytes (limits.rowBytes)",
          feed.limits().rowBytes());
    }
    if (problem.equals(Reason.FIELD_TOO_LONG)) {
      return String.format(
          Locale.ROOT,
          "a field has more than %,d characters (limits.fieldCharacters)",
          feed.limits().fieldCharacters());
    }
    return "the line cannot be read";
  }

  /** What is too long is cut off already, or is of no use: enough is kept to see what it is. */
  private void reject(SourcePosition position, Reason reason, String error, String text)
      throws FeedLimitException {
    boolean isTooLong = reason.equals(Reason.TOO_LONG) && text.length() > KEPT_OF_TOO_LONG;
    String kept = isTooLong ? text.substring(0, KEPT_OF_TOO_LONG) : text;
    budget.reject(kept);
    sink.rejectOnce(position, reason, error, kept);
  }

  private void stage(FeedFiles.FeedFile file, SourcePosition position, String text)
      throws FeedLimitException {
    ExtractedJson.Piece record;
    try {
      ExtractedJson extracted = extractor.extract(text.getBytes(StandardCharsets.UTF_8));
      record =
          extracted.records() == null || extracted.records().size() != 1
              ? null
              : extracted.records().get(0);
    } catch (IOException e) {
      record = null;
    }
    if (record == null || !text.stripLeading().startsWith("{")) {
      reject(position, Reason.NOT_JSON, "the line is no JSON object", text);
      return;
    }
    String recordId = record.value(id);
    if (recordId == null || recordId.isEmpty()) {
      reject(position, Reason.MISSING_KEY, "there is no id at " + id, text);
      return;
    }
    String time = record.value(updated);
    Long micros =
        time == null || time.isBlank()
            ? Long.valueOf(modifiedMicros(file))
            : PlatformTime.micros(time, feed.zone());
    if (micros == null) {
      reject(position, Reason.NOT_A_TIME, "the time at " + updated + " is not understood", text);
      return;
    }
    if (sink.add(recordId, micros, record.text())) {
      budget.stage(record.text());
    } else {
      budget.reject(record.text());
    }
  }

  /** A file from the future, as a wrong clock makes one, holds what is so now. */
  private long modifiedMicros(FeedFiles.FeedFile file) {
    return Math.min(file.modified().getTime(), clock.millis()) * MICROS_A_MILLI;
  }

  private void writeBatch() throws SQLException {
    lease.check();
    sink.write();
  }
}
