package vn.phusa.pipelines.io.warehouse.dimension;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.StorableText;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionChange;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * Refuses changes that come from before the base of their key: the newest of its states that are
 * behind the horizon. What they would have to be compared with may be forgotten. A change of a
 * moment that is remembered is none of them, so that a repeat stays one, and what was captured can
 * be polled; nor is a movement of stock, which can be compared always.
 */
public final class RefuseBeyondHorizon
    extends PTransform<PCollection<DimensionChange>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  public static final TupleTag<DimensionChange> ACCEPTED = new TupleTag<>("accepted") {};
  public static final TupleTag<DeadLetter> REJECTED = new TupleTag<>("rejected") {};

  private final DatabaseAddress warehouse;
  private final DimensionSpec dimension;
  private final Duration horizon;

  private RefuseBeyondHorizon(
      DatabaseAddress warehouse, DimensionSpec dimension, Duration horizon) {
    this.warehouse = warehouse;
    this.dimension = dimension;
    this.horizon = horizon;
  }

  /**
   * @param warehouse where the dimension is
   * @param horizon how old what is forgotten is at least
   */
  public static RefuseBeyondHorizon of(
      DatabaseAddress warehouse, DimensionSpec dimension, Duration horizon) {
    return new RefuseBeyondHorizon(warehouse, dimension, horizon);
  }

  @Override
  public PCollectionTuple expand(PCollection<DimensionChange> changes) {
    PCollectionTuple split =
        changes.apply(
            "Compare with the base",
            ParDo.of(new RefuseBeyondHorizonFn(warehouse, dimension, horizon))
                .withOutputTags(ACCEPTED, TupleTagList.of(REJECTED)));
    split.get(ACCEPTED).setCoder(changes.getCoder());
    return split;
  }

  static final class RefuseBeyondHorizonFn extends BundledFn<DimensionChange, DimensionChange> {
    private static final long serialVersionUID = 1L;

    private final DatabaseAddress warehouse;
    private final DimensionSpec dimension;
    private final Duration horizon;
    private transient RetriedQueries queries;

    RefuseBeyondHorizonFn(DatabaseAddress warehouse, DimensionSpec dimension, Duration horizon) {
      this.warehouse = warehouse;
      this.dimension = dimension;
      this.horizon = horizon;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
    }

    @Override
    protected void handle(List<DimensionChange> changes, Outputs out) throws SQLException {
      Set<String> keys =
          changes.stream()
              .map(DimensionChange::getKey)
              .filter(key -> StorableText.problem(key) == null)
              .collect(Collectors.toSet());
      Map<String, Long> bases =
          queries.ask(connection -> HistoryHorizon.bases(connection, dimension, keys, horizon));
      Set<String> late =
          changes.stream()
              .filter(change -> isBefore(change, bases))
              .map(DimensionChange::getKey)
              .collect(Collectors.toSet());
      Map<String, Set<Long>> moments =
          late.isEmpty()
              ? Map.of()
              : queries.ask(connection -> HistoryHorizon.moments(connection, dimension, late));
      DimensionWriter writer = new DimensionWriter(dimension);
      for (DimensionChange change : changes) {
        if (isBefore(change, bases) && !isOfAKnownMoment(change, moments)) {
          out.output(
              REJECTED,
              writer.rejected(
                  change,
                  Reason.BEYOND_HORIZON,
                  "it is from before the base of its history (--historyHorizon)"));
        } else {
          out.output(ACCEPTED, change);
        }
      }
    }

    private boolean isBefore(DimensionChange arrived, Map<String, Long> bases) {
      Change change = arrived.getChange();
      Long base = bases.get(arrived.getKey());
      boolean isState =
          change.getOperation() == Operation.DELETE
              || (dimension.type2Mask() & ~change.getAbsentMask()) != 0;
      return isState && base != null && change.getStamp().getOrderedMicros() < base;
    }

    private static boolean isOfAKnownMoment(
        DimensionChange arrived, Map<String, Set<Long>> moments) {
      return moments
          .getOrDefault(arrived.getKey(), Set.of())
          .contains(arrived.getChange().getStamp().getModifiedMicros());
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }
}
