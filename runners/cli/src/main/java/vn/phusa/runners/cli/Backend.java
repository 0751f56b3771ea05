package vn.phusa.runners.cli;

import java.nio.file.Path;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.runners.jobs.extract.ExtractJobs;
import vn.phusa.runners.jobs.load.LoadJobs;
import vn.phusa.runners.jobs.preflight.EmbeddedStores;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.jobs.replay.ReplayJobs;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.warehouse.WarehousePort;

/** Everything that the commands reach the world by. */
public interface Backend {

  /** The jobs that load the warehouse. */
  LoadJobs jobs();

  /** What fills staging. */
  ExtractJobs extractions();

  /** What follows the event topics. */
  StreamJobs streams();

  /** What sends dead letters through again. */
  ReplayJobs replays();

  /** The warehouse at an address that was found usable. */
  WarehousePort warehouse(DatabaseAddress address);

  /** The embedded services of a home; nothing is started yet. The caller closes them. */
  EmbeddedStores embedded(Path home);

  /** The shop that the demonstration's data come from. */
  SampleData sample();
}
