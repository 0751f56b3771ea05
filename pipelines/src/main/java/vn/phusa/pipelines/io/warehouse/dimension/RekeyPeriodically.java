package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.postgres.SqlFailure;

/**
 * Gives facts the right version after versions have moved, over and over while a stream runs:
 * {@link Rekeying}, every half minute, so that a fact is right within a minute. Emits how many
 * facts got another key.
 */
public final class RekeyPeriodically extends PTransform<PBegin, PCollection<Long>> {
  private static final long serialVersionUID = 1L;
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private final DatabaseAddress warehouse;

  private RekeyPeriodically(DatabaseAddress warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * @param warehouse whose facts are corrected
   */
  public static RekeyPeriodically in(DatabaseAddress warehouse) {
    return new RekeyPeriodically(warehouse);
  }

  @Override
  public PCollection<Long> expand(PBegin begin) {
    return begin
        .apply(
            "Schedule settling",
            GenerateSequence.from(0).withRate(1, org.joda.time.Duration.millis(PERIOD.toMillis())))
        .apply("Rekey facts", ParDo.of(new RekeyFn(warehouse)));
  }

  /** One pass does the work of all ticks that have gathered while it was busy. */
  public static final class RekeyFn extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RekeyFn.class);

    private final DatabaseAddress warehouse;

    public RekeyFn(DatabaseAddress warehouse) {
      this.warehouse = warehouse;
    }

    @ProcessElement
    public void process() {
      // The work is done at the end of the bundle.
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws SQLException {
      try {
        context.output(
            Rekeying.rekey(warehouse), GlobalWindow.TIMESTAMP_MIN_VALUE, GlobalWindow.INSTANCE);
      } catch (SQLException e) {
        if (SqlFailure.of(e) != SqlFailure.TRANSIENT) {
          throw e;
        }
        // The entries wait in the database; a stream need not start again for them.
        LOG.warn("facts are rekeyed at the next try: SQLSTATE {}", e.getSQLState());
      }
    }
  }
}
