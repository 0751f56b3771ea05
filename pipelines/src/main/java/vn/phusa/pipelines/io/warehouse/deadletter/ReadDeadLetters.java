package vn.phusa.pipelines.io.warehouse.deadletter;

import com.google.common.collect.Iterables;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.pipelines.io.BundledFn;
import vn.phusa.pipelines.io.postgres.RetriedQueries;
import vn.phusa.transforms.errors.DeadLetter;

/**
 * Reads dead letters by their ids on the workers, so that what they hold is in no pipeline's graph.
 * One that is not there any more is left out.
 */
public final class ReadDeadLetters
    extends PTransform<PCollection<String>, PCollection<DeadLetter>> {
  private static final long serialVersionUID = 1L;
  private static final TupleTag<DeadLetter> DEAD_LETTERS = new TupleTag<>("deadLetters") {};

  private final DatabaseAddress warehouse;

  private ReadDeadLetters(DatabaseAddress warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * @param warehouse where the dead letters wait
   */
  public static ReadDeadLetters from(DatabaseAddress warehouse) {
    return new ReadDeadLetters(warehouse);
  }

  @Override
  public PCollection<DeadLetter> expand(PCollection<String> ids) {
    return ids.apply(
            "Read rows",
            ParDo.of(new ReadDeadLettersFn(warehouse))
                .withOutputTags(DEAD_LETTERS, TupleTagList.empty()))
        .get(DEAD_LETTERS);
  }

  static final class ReadDeadLettersFn extends BundledFn<String, DeadLetter> {
    private static final long serialVersionUID = 1L;

    /** Payloads may be of some megabytes. */
    private static final int AT_ONCE = 50;

    private final DatabaseAddress warehouse;
    private transient RetriedQueries queries;

    ReadDeadLettersFn(DatabaseAddress warehouse) {
      this.warehouse = warehouse;
    }

    @Setup
    public void setup() {
      queries = new RetriedQueries(warehouse);
    }

    @Override
    protected void handle(List<String> ids, Outputs out) throws SQLException {
      for (List<String> some : Iterables.partition(ids, AT_ONCE)) {
        queries
            .ask(connection -> deadLetters(connection, some))
            .forEach(deadLetter -> out.output(DEAD_LETTERS, deadLetter));
      }
    }

    private static List<DeadLetter> deadLetters(Connection connection, List<String> ids)
        throws SQLException {
      List<DeadLetter> deadLetters = new ArrayList<>(ids.size());
      Array array = connection.createArrayOf("text", ids.toArray());
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT id, stage, coalesce(source, ''), coalesce(position, ''), reason,"
                  + " coalesce(error, ''), coalesce(payload, ''),"
                  + " coalesce(payload_encoding, 'text') FROM dead_letter WHERE id = ANY (?)")) {
        statement.setArray(1, array);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            deadLetters.add(
                DeadLetter.create(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    DeadLetter.Encoding.valueOf(row.getString(8).toUpperCase(Locale.ROOT))));
          }
        }
      } finally {
        array.free();
      }
      return deadLetters;
    }

    @Teardown
    public void teardown() {
      if (queries != null) {
        queries.close();
      }
    }
  }
}
