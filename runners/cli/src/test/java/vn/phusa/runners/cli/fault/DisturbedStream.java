package vn.phusa.runners.cli.fault;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vn.phusa.runners.cli.ComparedRows;
import vn.phusa.runners.cli.ShopAndWarehouse;
import vn.phusa.runners.cli.StreamWorld;
import vn.phusa.runners.embedded.EmbeddedServices;
import vn.phusa.runners.samples.SampleEvents;

/**
 * {@code stream} of the same events into a warehouse of its own, up to where the topics end.
 *
 * @param name of its databases and its consumer group
 */
record DisturbedStream(StreamWorld world, String name, String runner) implements DisturbedWork {
  private static final String NOT_COMPARED =
      "'{created_at,updated_at,change_modified_at,change_ordered_at,change_lsn,change_index,"
          + "content_hash,row_hash,product_key}'::text[]";

  private static final String TIME_OF_PROCESSING = "\"processed_timestamp\" ?: ?\"[^\"]*\",?";

  static DisturbedStream of(
      EmbeddedServices services, String name, String runner, SampleEvents events, int count)
      throws Exception {
    StreamWorld world =
        StreamWorld.of(services.kafka(), services.redis(), services.postgres(), name);
    for (int i = 0; i < count; i++) {
      world.send(events.event(i));
    }
    return new DisturbedStream(world, name, runner);
  }

  @Override
  public List<String> arguments() {
    return world.arguments(
        "stream",
        "--until=now",
        "--consumerGroup=" + name,
        "--runner=" + runner,
        "--warehouseFlush=PT0.5S",
        "--windowFlush=PT1S");
  }

  @Override
  public ShopAndWarehouse databases() {
    return world.databases();
  }

  @Override
  public SortedMap<String, List<String>> written() throws Exception {
    SortedMap<String, List<String>> all = new TreeMap<>();
    all.put("dimensions", ComparedRows.ofDimensions(databases()));
    all.put("sales", ComparedRows.ofRealtimeSales(databases()));
    all.put(
        "movements",
        texts(
            ("SELECT (to_jsonb(f) - %s)::text || d.effective_date FROM fact_inventory f"
                    + " LEFT JOIN dim_product d USING (product_key) ORDER BY 1")
                .formatted(NOT_COMPARED)));
    // Positions in the topics are others each time.
    all.put(
        "dead letters",
        texts(
            "SELECT concat_ws(' ', stage, reason, error, payload, attempts, status)"
                + " FROM dead_letter ORDER BY 1"));
    all.put("windows", List.of(world.windows().toString()));
    all.put(
        "sales_processed",
        List.of(world.lastValues("sales_processed").toString().replaceAll(TIME_OF_PROCESSING, "")));
    long left = 0;
    for (String topic : StreamWorld.READ) {
      left += world.lag(topic);
    }
    all.put("events left", List.of(Long.toString(left)));
    all.put("runs left", texts("SELECT command FROM etl_run WHERE status = 'running'"));
    return all;
  }

  private List<String> texts(String sql) throws Exception {
    return databases().warehouseRows(sql).stream().map(row -> row.get(0)).toList();
  }

  @Override
  public void close() throws Exception {
    world.close();
  }
}
