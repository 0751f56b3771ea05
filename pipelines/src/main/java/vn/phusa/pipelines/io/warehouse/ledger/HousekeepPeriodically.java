package vn.phusa.pipelines.io.warehouse.ledger;

import java.time.Clock;
import java.time.Duration;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.Postgres;
import vn.phusa.pipelines.io.warehouse.deadletter.ResolvedDeadLetters;

/**
 * {@link Retention} and {@link ResolvedDeadLetters} while a stream runs: at its start and every ten
 * minutes, a few seconds at most each time, so that neither its checkpoints nor its events wait for
 * it.
 */
public final class HousekeepPeriodically extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1L;
  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration BUDGET = Duration.ofSeconds(5);

  private final DatabaseAddress warehouse;
  private final Duration age;

  private HousekeepPeriodically(DatabaseAddress warehouse, Duration age) {
    this.warehouse = warehouse;
    this.age = age;
  }

  /**
   * @param age how long rows are kept; not negative
   */
  public static HousekeepPeriodically of(DatabaseAddress warehouse, Duration age) {
    return new HousekeepPeriodically(warehouse, age);
  }

  /** What a stream that has just ended needs; a failure is a warning. */
  public static void once(DatabaseAddress warehouse, Duration age) {
    ResolvedDeadLetters.settle(warehouse);
    Retention retention = new Retention(Postgres.dataSource(warehouse), Clock.systemUTC());
    Retention.attempt(() -> retention.removeSomeOlderThan(age, BUDGET));
  }

  @Override
  public PDone expand(PBegin begin) {
    begin
        .apply(
            "Schedule housekeeping",
            GenerateSequence.from(0).withRate(1, org.joda.time.Duration.millis(PERIOD.toMillis())))
        .apply("Keep house", ParDo.of(new HousekeepFn(warehouse, age)));
    return PDone.in(begin.getPipeline());
  }

  /** Ticks that have gathered while it was busy are one pass. */
  private static final class HousekeepFn extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private final Duration age;

    HousekeepFn(DatabaseAddress warehouse, Duration age) {
      this.warehouse = warehouse;
      this.age = age;
    }

    @ProcessElement
    public void process() {
      // The work is done at the end of the bundle.
    }

    @FinishBundle
    public void finishBundle() {
      once(warehouse, age);
    }
  }
}
