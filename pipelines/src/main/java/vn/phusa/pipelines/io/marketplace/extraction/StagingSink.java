package vn.phusa.pipelines.io.marketplace.extraction;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.staging.Staging;
import vn.phusa.pipelines.io.staging.StagingWriter;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.StepCounter;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.SourcePosition;
import vn.phusa.transforms.model.StagedRecord;

/**
 * Where the records of one part of an extraction go: into its collection of staging, or to the dead
 * letters; and what became of them is counted. Not thread-safe.
 */
public final class StagingSink implements AutoCloseable {
  private static final long MICROS = 1000;
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String name;
  private final String part;
  private final String kind;
  private final RunId runId;
  private final Clock clock;
  private final StagingWriter writer;
  private final StepCounter rows;
  private final List<Taken> records = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Set<String> rejected = new HashSet<>();
  private long read;
  private long loaded;
  private long skipped;
  private long waitingCharacters;
  private long flushed = System.nanoTime();

  public StagingSink(
      String name,
      String part,
      String kind,
      Staging staging,
      DatabaseAddress warehouse,
      StepId step,
      Clock clock) {
    this.name = name;
    this.part = part;
    this.kind = kind;
    this.runId = step.runId();
    this.clock = clock;
    this.writer = new StagingWriter(staging, Staging.collectionOf(part));
    this.rows = new StepCounter(warehouse, step);
  }

  /**
   * Takes a record; it is not safe before {@link #write}.
   *
   * @param updatedMicros when it changed, in microseconds since 1970; null: the platform does not
   *     say. From a time long after the present its true ones would never come through again.
   * @return whether it is to be staged; a dead letter otherwise
   */
  public boolean add(String id, @Nullable Long updatedMicros, String payload) {
    read++;
    if (updatedMicros != null && updatedMicros >= (clock.millis() + DAY_MILLIS) * MICROS) {
      addDeadLetter(
          SourcePosition.of(kind, id),
          Reason.IN_FUTURE,
          "it changes a day or more after the present",
          payload);
      return false;
    }
    if (payload.length() > StagingWriter.MAX_PAYLOAD_CHARACTERS) {
      addDeadLetter(
          SourcePosition.of(kind, id),
          Reason.TOO_LONG,
          "the record is longer than staging can hold",
          payload);
      return false;
    }
    waitingCharacters += payload.length();
    records.add(new Taken(id, updatedMicros, payload));
    return true;
  }

  /** A record before it is written. */
  private record Taken(String id, @Nullable Long updatedMicros, String payload) {}

  /**
   * Which of some records are staged as they are now, so that there is no use to read them again.
   *
   * @param updated when they changed, in microseconds, by their ids
   */
  Set<String> staged(Map<String, Long> updated) {
    return writer.current(name, kind, updated);
  }

  /** The payloads of those of some records that are staged, by their ids. */
  Map<String, String> payloads(Collection<String> ids) {
    return writer.payloads(name, kind, ids);
  }

  /** Counts records that are staged already. */
  void skip(int records) {
    read += records;
    skipped += records;
  }

  /** Takes a record that cannot be used. */
  void reject(SourcePosition position, Reason reason, String error, String payload) {
    read++;
    addDeadLetter(position, reason, error, payload);
  }

  /** Takes a line that cannot be used: no other has its position, so that none is kept twice. */
  public void rejectOnce(SourcePosition position, Reason reason, String error, String payload) {
    read++;
    waitingCharacters += payload.length();
    deadLetters.add(deadLetter(position, reason, error, payload));
  }

  private void addDeadLetter(SourcePosition position, Reason reason, String error, String payload) {
    DeadLetter deadLetter = deadLetter(position, reason, error, payload);
    if (rejected.add(deadLetter.getId())) {
      waitingCharacters += deadLetter.getPayload().length();
      deadLetters.add(deadLetter);
    } else {
      // The table has it once; met again in this run it is a repeated row.
      skipped++;
    }
  }

  private DeadLetter deadLetter(
      SourcePosition position, Reason reason, String error, String payload) {
    Stage stage = Stage.extract(part);
    String kept =
        payload.length() > StagingWriter.MAX_PAYLOAD_CHARACTERS
            ? payload.substring(0, StagingWriter.MAX_PAYLOAD_CHARACTERS)
            : payload;
    return DeadLetter.of(stage, name, position.text(), reason, error, Payload.ofText(kept));
  }

  /** How many records are taken and not yet written. */
  public int waiting() {
    return records.size() + deadLetters.size();
  }

  /** How many characters those have. */
  public long waitingCharacters() {
    return waitingCharacters;
  }

  /**
   * Writes what was taken; when it returns, all of it is safe.
   *
   * @return whether it changed anything in staging
   */
  public boolean write() throws SQLException {
    // Stamped as it is written: loads continue from the time of their last poll, and would pass
    // over what is stamped now and comes when the platform has answered all that belongs to its
    // page.
    long now = clock.millis() * MICROS;
    String run = runId.toString();
    RowCounts written =
        writer.write(
            records.stream()
                .map(
                    r ->
                        StagedRecord.create(
                            name, kind, r.id(), r.updatedMicros(), now, run, r.payload()))
                .toList());
    records.clear();
    loaded += written.loaded();
    skipped += written.skipped();
    rows.reject(deadLetters);
    deadLetters.clear();
    waitingCharacters = 0;
    if (System.nanoTime() - flushed > FLUSH_NANOS) {
      flush();
    }
    return written.loaded() > 0;
  }

  private void flush() throws SQLException {
    if (read + loaded + skipped > 0) {
      rows.count(read, loaded, skipped);
      read = 0;
      loaded = 0;
      skipped = 0;
    }
    flushed = System.nanoTime();
  }

  /** Counts the rest; what was taken and not written is neither staged nor counted. */
  @Override
  public void close() throws SQLException {
    try {
      read -= records.size() + deadLetters.size();
      flush();
    } finally {
      rows.close();
    }
  }
}
