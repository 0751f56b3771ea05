package vn.phusa.pipelines.io.warehouse.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One connection, given out again and again to a library that would commit by itself. Its commits,
 * rollbacks and closing do nothing: the transaction is its owner's.
 */
final class OneTransaction extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  private final transient Connection connection;

  /**
   * @param owned with autocommit off
   */
  OneTransaction(Connection owned) {
    this.connection =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  boolean endsIt =
                      switch (method.getName()) {
                        case "commit", "close", "setAutoCommit" -> true;
                        case "rollback" -> method.getParameterCount() == 0;
                        default -> false;
                      };
                  if (endsIt) {
                    return null;
                  }
                  try {
                    return method.invoke(owned, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  @Override
  public Connection getConnection() {
    return connection;
  }
}
