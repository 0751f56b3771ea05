package vn.phusa.pipelines.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.options.address.MongoAddress;
import vn.phusa.pipelines.flow.FlowTarget;
import vn.phusa.pipelines.io.staging.ReadStaged;
import vn.phusa.pipelines.io.staging.StagedRange;
import vn.phusa.pipelines.io.step.CountedAs;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.WriteRows;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.mapping.MapStaged;
import vn.phusa.transforms.mapping.StagedKind;
import vn.phusa.transforms.rules.Rules;

/**
 * What one bounded pipeline loads: some staged documents of one kind.
 *
 * @param staging the staging database
 * @param warehouse the database that is loaded
 * @param kind what the documents are
 * @param categories the platform's category names by their ids
 * @param ranges the documents
 * @param documents the step that documents are counted for
 * @param rows the step that what they become is counted for; the same where a document is one row
 * @param rules the business rules
 * @param historyHorizon how old a change of a dimension that makes no difference may be to be
 *     remembered; null: all are
 */
public record StagedWave(
    MongoAddress staging,
    DatabaseAddress warehouse,
    StagedKind kind,
    Map<String, String> categories,
    List<StagedRange> ranges,
    StepId documents,
    StepId rows,
    Rules rules,
    @Nullable Duration historyHorizon) {

  /**
   * Begins the pipeline: the documents as records, under {@link MapStaged}'s tags. Those that could
   * not be read or mapped are kept already.
   */
  public PCollectionTuple read(Pipeline pipeline) {
    PCollectionTuple read =
        pipeline.apply(
            "Read " + kind.load(), ReadStaged.of(staging, kind, ranges, warehouse, documents));
    PCollectionTuple mapped =
        read.get(ReadStaged.RECORDS)
            .apply("Map " + kind.load(), MapStaged.of(kind).withCategories(categories));
    DeadLetterKeeping.keep(
        List.of(read.get(ReadStaged.REJECTED), mapped.get(MapStaged.DEAD_LETTERS)),
        warehouse,
        documents,
        " of documents");
    return mapped;
  }

  /** Where the flow writes. Documents count as read, and {@link #countRows} counts their rows. */
  public FlowTarget target() {
    return FlowTarget.afterCountingSource(warehouse, rules, rows)
        .withHistoryHorizon(historyHorizon);
  }

  /** Counts numbers that a stage gives, for the step of the documents. */
  public void countDocuments(PCollection<Integer> numbers, CountedAs count) {
    count(numbers, count, documents);
  }

  /** Counts numbers that a stage gives, for the step of the rows. */
  public void countRows(PCollection<Integer> numbers, CountedAs count) {
    count(numbers, count, rows);
  }

  private void count(PCollection<Integer> numbers, CountedAs count, StepId step) {
    numbers.apply(
        "Count for " + step.step() + " " + count,
        WriteRows.counts(warehouse, count).countedFor(step));
  }

  /** Ends the pipeline: keeps what any of its later stages could not use. */
  public void keepDeadLetters(PCollection<DeadLetter> rejected) {
    DeadLetterKeeping.keep(List.of(rejected), warehouse, rows, "");
  }
}
