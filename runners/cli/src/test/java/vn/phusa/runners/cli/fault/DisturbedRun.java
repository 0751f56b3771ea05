package vn.phusa.runners.cli.fault;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.phusa.runners.cli.LoadedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.embedded.EmbeddedPostgres;

/**
 * {@code run} from a shop into a warehouse of its own.
 *
 * @param name the warehouse's
 */
record DisturbedRun(EmbeddedPostgres server, ShopAndWarehouse databases, String name)
    implements DisturbedWork {

  /** With a warehouse that is a copy of a migrated one. */
  static DisturbedRun of(EmbeddedPostgres server, ShopAndWarehouse shop, String name, String from)
      throws Exception {
    try (var connection = server.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s TEMPLATE %s".formatted(name, from));
    }
    return new DisturbedRun(server, shop.withWarehouse(server, name), name);
  }

  @Override
  public List<String> arguments() {
    List<String> arguments = databases.loadArguments("run");
    arguments.addAll(List.of("--waveRows=200", "--stepRetryDelay=PT1S"));
    return arguments;
  }

  @Override
  public SortedMap<String, List<String>> written() throws Exception {
    SortedMap<String, List<String>> all = new TreeMap<>();
    all.put("dimensions", LoadedRows.ofDimensions(databases));
    all.put("facts", LoadedRows.ofFacts(databases));
    for (String mart :
        List.of(
            "mv_monthly_sales",
            "mv_customer_analytics",
            "mv_product_performance",
            "mv_marketing_performance",
            "mv_sales_cube")) {
      all.put(mart, texts("SELECT m::text FROM %s m ORDER BY 1".formatted(mart)));
    }
    all.put(
        "dead letters",
        texts(
            "SELECT concat_ws(' ', id, stage, source, position, reason, error, payload, attempts,"
                + " status) FROM dead_letter ORDER BY 1"));
    all.put("watermarks", texts("SELECT source || ' ' || kind FROM etl_watermark ORDER BY 1"));
    all.put(
        "steps whose rows do not add up",
        LoadedRows.unconservedSteps(databases).stream().map(List::toString).toList());
    all.put("counts left", texts("SELECT DISTINCT step FROM etl_count"));
    all.put("runs left", texts("SELECT command FROM etl_run WHERE status = 'running'"));
    return all;
  }

  private List<String> texts(String sql) throws Exception {
    return databases.warehouseRows(sql).stream().map(row -> row.get(0)).toList();
  }

  /** The shop stays, for others. */
  @Override
  public void close() throws Exception {
    server.dropDatabase(name);
  }
}
