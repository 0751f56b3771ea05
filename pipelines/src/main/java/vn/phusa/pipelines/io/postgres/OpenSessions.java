package vn.phusa.pipelines.io.postgres;

import com.google.common.collect.MapMaker;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of this process, for as long as somebody has them. */
final class OpenSessions {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSessions.class);

  private final Set<Connection> open =
      Collections.newSetFromMap(new MapMaker().weakKeys().makeMap());

  void add(Connection connection) {
    open.add(connection);
  }

  /** Asks the servers to cancel what they do for each of them; whoever waits for it fails. */
  void cancelStatements() {
    for (Connection connection : List.copyOf(open)) {
      try {
        if (!connection.isClosed()) {
          connection.unwrap(PGConnection.class).cancelQuery();
        }
      } catch (SQLException e) {
        // Where the server does not answer, nothing is left to cancel either.
        LOG.debug("not cancelled: {}", e.getSQLState());
      }
    }
  }
}
