package vn.phusa.pipelines.io.warehouse.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import vn.phusa.pipelines.io.postgres.batch.BatchWriter;
import vn.phusa.pipelines.io.step.RowCounts;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.rules.Rules;

/**
 * Writes what rules made of rows while these rules are in force, and not a transaction longer: what
 * {@code rederive} made anew would else be overwritten by what older rules make.
 *
 * @param <T> a row as it comes
 */
public final class UnderRules<T> implements BatchWriter<T> {
  private static final long serialVersionUID = 1L;

  private final WritingRules rules;
  private final BatchWriter<T> writer;

  public UnderRules(Rules rules, BatchWriter<T> writer) {
    this.rules = new WritingRules(rules);
    this.writer = writer;
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    writer.prepare(connection);
  }

  /**
   * {@inheritDoc}
   *
   * @throws OtherRulesException if others came into force
   */
  @Override
  public RowCounts write(Connection connection, List<T> batch) throws SQLException {
    rules.require(connection);
    return writer.write(connection, batch);
  }

  @Override
  public List<List<T>> lanes(List<T> batch) {
    return writer.lanes(batch);
  }

  @Override
  public DeadLetter rejected(T row, Reason reason, String error) {
    return writer.rejected(row, reason, error);
  }
}
