package vn.phusa.pipelines.io.warehouse.dimension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.pipelines.io.postgres.copy.CopyText;
import vn.phusa.pipelines.io.postgres.copy.MicrosText;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;
import vn.phusa.transforms.scd.Change;
import vn.phusa.transforms.scd.DimensionSpec;

/**
 * The changes of a dimension that scd_change holds: reads those of keys, and collects what one
 * transaction adds and removes. Not thread-safe.
 */
final class RememberedChanges {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DimensionSpec dimension;
  private final CopyText remembered = new CopyText();
  private final List<String> forgottenKeys = new ArrayList<>();
  private final List<UUID> forgottenIds = new ArrayList<>();

  RememberedChanges(DimensionSpec dimension) {
    this.dimension = dimension;
  }

  /** The changes of each of the keys (text); a key without changes is not among them. */
  Map<String, Set<Change>> read(Connection connection, Array keys) throws SQLException {
    Map<String, Set<Change>> changes = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT key, modified_at, ordered_at, lsn, idx, observed_at, operation, attributes"
                + " FROM scd_change"
                + " WHERE dimension = ? AND key = ANY (?)")) {
      statement.setString(1, dimension.name());
      statement.setArray(2, keys);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long modified = Objects.requireNonNull(MicrosText.get(row, 2), "modified_at");
          changes
              .computeIfAbsent(row.getString(1), k -> new LinkedHashSet<>())
              .add(
                  change(
                      stamp(row, modified, 3),
                      Operation.valueOf(row.getString(7)),
                      row.getString(8)));
        }
      }
    }
    return changes;
  }

  void remember(String key, Change change) throws SQLException {
    remembered.add(dimension.name()).add(key).add(change.id().toString());
    addStamp(remembered, change.getStamp());
    remembered.add(change.getOperation().name()).add(attributes(change)).endRow();
  }

  void forget(String key, Change change) {
    forgottenKeys.add(key);
    forgottenIds.add(change.id());
  }

  /** Writes what was collected. */
  void apply(Connection connection) throws SQLException {
    remembered.sendTo(
        connection,
        "COPY scd_change (dimension, key, change_id, modified_at, ordered_at, lsn, idx,"
            + " observed_at, operation, attributes) FROM STDIN");
    if (forgottenKeys.isEmpty()) {
      return;
    }
    Array keys = connection.createArrayOf("text", forgottenKeys.toArray());
    Array ids = connection.createArrayOf("uuid", forgottenIds.toArray());
    try (PreparedStatement statement =
        connection.prepareStatement(
            "DELETE FROM scd_change c USING unnest(?::text[], ?::uuid[]) AS f (key, id)"
                + " WHERE c.dimension = ? AND c.key = f.key AND c.change_id = f.id")) {
      statement.setArray(1, keys);
      statement.setArray(2, ids);
      statement.setString(3, dimension.name());
      statement.executeUpdate();
    } finally {
      keys.free();
      ids.free();
    }
  }

  static void addStamp(CopyText text, ChangeStamp stamp) throws SQLException {
    Long lsn = stamp.getCommitLsn();
    text.addInstant(stamp.getModifiedMicros())
        .addInstant(stamp.getOrderedMicros())
        .add(lsn == null ? null : lsn.toString())
        .add(stamp.getCommitIndex())
        .addInstant(stamp.getObservedMicros());
  }

  static ChangeStamp stamp(ResultSet row, long modified, int column) throws SQLException {
    long ordered = Objects.requireNonNull(MicrosText.get(row, column), "ordered_at");
    long lsn = row.getLong(column + 1);
    return ChangeStamp.create(
        modified,
        ordered,
        row.wasNull() ? null : lsn,
        row.getInt(column + 2),
        MicrosText.get(row, column + 3));
  }

  private Change change(ChangeStamp stamp, Operation operation, String attributes) {
    try {
      var carried = JSON.readTree(attributes);
      String[] values = new String[dimension.attributes().size()];
      long absent = 0;
      for (int i = 0; i < values.length; i++) {
        var value = carried.get(dimension.attributes().get(i).column());
        if (value == null) {
          absent |= 1L << i;
        } else {
          values[i] = value.isNull() ? null : value.textValue();
        }
      }
      return Change.create(
          stamp, operation, Collections.unmodifiableList(Arrays.asList(values)), absent);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scd_change.attributes is no JSON", e);
    }
  }

  /** The carried attributes as a JSON object of texts; an absent one is not in it. */
  private String attributes(Change change) {
    ObjectNode carried = JSON.createObjectNode();
    for (int i = 0; i < dimension.attributes().size(); i++) {
      if (change.carries(i)) {
        @Nullable String value = change.value(i);
        carried.put(dimension.attributes().get(i).column(), value);
      }
    }
    return carried.toString();
  }
}
