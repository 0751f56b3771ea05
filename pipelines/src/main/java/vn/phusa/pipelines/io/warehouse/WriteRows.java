package vn.phusa.pipelines.io.warehouse;

import java.time.Duration;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.batch.BatchWriteFn;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.postgres.batch.CountedAsRead;
import vn.phusa.pipelines.io.postgres.batch.RowCounter;
import vn.phusa.pipelines.io.step.CountedAs;
import vn.phusa.pipelines.io.step.StepId;
import vn.phusa.pipelines.io.warehouse.deadletter.DeadLetterWriter;
import vn.phusa.pipelines.io.warehouse.dimension.DimensionWriter;
import vn.phusa.pipelines.io.warehouse.fact.FactInventory;
import vn.phusa.pipelines.io.warehouse.fact.FactSales;
import vn.phusa.pipelines.io.warehouse.fact.FactTransactions;
import vn.phusa.pipelines.io.warehouse.fact.FactWriter;
import vn.phusa.pipelines.io.warehouse.fact.RealtimeSalesWriter;
import vn.phusa.pipelines.io.warehouse.ledger.CountedParts;
import vn.phusa.pipelines.io.warehouse.schema.UnderRules;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.model.EnrichedSale;
import vn.phusa.transforms.model.InventoryMovement;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.Transaction;
import vn.phusa.transforms.rules.Rules;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Writes rows into the warehouse in bulk, so that repeats and any order end in the same rows.
 *
 * <p>What comes out of {@link #WRITTEN} says that as many rows are in the database (a batch
 * pipeline can wait for it); what comes out of {@link #REJECTED} are the rows that the database
 * rejected for good.
 *
 * @param <T> a row as it comes
 */
public final class WriteRows<T> extends PTransform<PCollection<T>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The numbers of rows of the batches that were written. */
  public static final TupleTag<Long> WRITTEN =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  /** The rows that the database rejected. */
  public static final TupleTag<DeadLetter> REJECTED =
      new TupleTag<>() {
        private static final long serialVersionUID = 1L;
      };

  private static final int DEFAULT_BATCH_ROWS = 10_000;

  /** Larger, since it is written in several lanes. */
  private static final int DIMENSION_BATCH_ROWS = 20_000;

  private final DatabaseAddress warehouse;
  private final transient BatchWriter<T> writer;
  private final @Nullable StepId step;
  private final int batchRows;
  private final @Nullable TupleTag<T> committed;

  private WriteRows(
      DatabaseAddress warehouse, BatchWriter<T> writer, @Nullable StepId step, int batchRows) {
    this(warehouse, writer, step, batchRows, null);
  }

  private WriteRows(
      DatabaseAddress warehouse,
      BatchWriter<T> writer,
      @Nullable StepId step,
      int batchRows,
      @Nullable TupleTag<T> committed) {
    this.warehouse = warehouse;
    this.writer = writer;
    this.step = step;
    this.batchRows = batchRows;
    this.committed = committed;
  }

  /** Into fact_sales: newer states win, deletes mark, members are as of the order's time. */
  public static WriteRows<EnrichedSale> sales(DatabaseAddress warehouse, Rules rules) {
    return new WriteRows<>(
        warehouse,
        new UnderRules<>(rules, new FactWriter<>(new FactSales(rules))),
        null,
        DEFAULT_BATCH_ROWS);
  }

  /** Into fact_transactions: newer states win, deletes mark. */
  public static WriteRows<Transaction> transactions(DatabaseAddress warehouse, Rules rules) {
    return new WriteRows<>(
        warehouse,
        new UnderRules<>(rules, new FactWriter<>(new FactTransactions(rules))),
        null,
        DEFAULT_BATCH_ROWS);
  }

  /** Into fact_sales_realtime: of two events about one order the newer stands. */
  public static WriteRows<RealtimeSale> realtimeSales(DatabaseAddress warehouse, Rules rules) {
    return new WriteRows<>(
        warehouse,
        new UnderRules<>(rules, new RealtimeSalesWriter(rules)),
        null,
        DEFAULT_BATCH_ROWS);
  }

  /** Into fact_inventory: of two events with one id the newer stands; products as of its time. */
  public static WriteRows<InventoryMovement> inventory(DatabaseAddress warehouse) {
    return new WriteRows<>(
        warehouse, new FactWriter<>(new FactInventory()), null, DEFAULT_BATCH_ROWS);
  }

  /**
   * Into a slowly changing dimension as {@link vn.phusa.transforms.scd.History} has it, by rules
   * and while they are in force.
   *
   * @param dimension derived by the rules
   * @param horizon of the keys that are written, what is older and makes no difference is
   *     forgotten; null: nothing is
   */
  public static WriteRows<DimensionChange> dimension(
      DatabaseAddress warehouse, DimensionSpec dimension, Rules rules, @Nullable Duration horizon) {
    return new WriteRows<>(
        warehouse,
        new UnderRules<>(rules, new DimensionWriter(dimension, horizon)),
        null,
        DIMENSION_BATCH_ROWS);
  }

  /** Into dead_letter, outside of a run whose rows are counted: a stream's. */
  public static WriteRows<DeadLetter> deadLetters(DatabaseAddress warehouse) {
    return new WriteRows<>(warehouse, new DeadLetterWriter(null), null, 1_000);
  }

  /** Into dead_letter, for the step that the rejected rows are counted for. */
  public static WriteRows<DeadLetter> deadLetters(DatabaseAddress warehouse, StepId step) {
    return new WriteRows<>(warehouse, new DeadLetterWriter(step), null, 1_000);
  }

  /**
   * Writes no rows, but counts what stages of a step made of theirs; the numbers mean what {@code
   * count} says.
   */
  public static WriteRows<Integer> counts(DatabaseAddress warehouse, CountedAs count) {
    return new WriteRows<>(warehouse, new RowCounter(count), null, DEFAULT_BATCH_ROWS);
  }

  /** Counts the rows for a step, each batch in the transaction that writes it. */
  public WriteRows<T> countedFor(StepId counted) {
    return new WriteRows<>(warehouse, writer, counted, batchRows, committed);
  }

  /**
   * As {@link #countedFor}, where no reader counts: each row that comes here, or ends as one that
   * the database rejected, is counted as read too.
   */
  public WriteRows<T> countedAsReadFor(StepId counted) {
    return new WriteRows<>(warehouse, new CountedAsRead<>(writer), counted, batchRows, committed);
  }

  /**
   * Also emits every row of a batch under this tag once the batch is committed, be the row written,
   * stale or a repeat: a row that was written before a failure is emitted after it.
   */
  public WriteRows<T> emittingCommitted(TupleTag<T> tag) {
    return new WriteRows<>(warehouse, writer, step, batchRows, tag);
  }

  /** Collects at most so many rows before it writes; by default 10,000, of a dimension 20,000. */
  public WriteRows<T> withBatchRows(int rows) {
    return new WriteRows<>(warehouse, writer, step, rows, committed);
  }

  @Override
  public PCollectionTuple expand(PCollection<T> rows) {
    TupleTagList others = TupleTagList.of(REJECTED);
    PCollectionTuple written =
        inGlobalWindow(rows)
            .apply(
                "Write batches",
                ParDo.of(
                        new BatchWriteFn<>(
                            warehouse,
                            step == null ? null : new CountedParts(step),
                            writer,
                            batchRows,
                            REJECTED,
                            committed))
                    .withOutputTags(WRITTEN, committed == null ? others : others.and(committed)));
    written.get(WRITTEN).setCoder(VarLongCoder.of());
    if (committed != null) {
      written.get(committed).setCoder(rows.getCoder());
    }
    return written;
  }

  /** A batch is of no window: what is emitted at the end of a bundle is in the global one. */
  private PCollection<T> inGlobalWindow(PCollection<T> rows) {
    return rows.getWindowingStrategy().getWindowFn() instanceof GlobalWindows
        ? rows
        : rows.apply("Leave windows", Window.into(new GlobalWindows()));
  }
}
