package vn.phusa.runners.local.backend;

import java.nio.file.Path;
import vn.phusa.options.DatabaseAddress;

/** Everything that the commands reach the world by. */
public interface Backend {

  /** The jobs that load the warehouse. */
  BatchJobs jobs();

  /** What fills staging. */
  Extractions extractions();

  /** What follows the event topics. */
  Streams streams();

  /** What sends dead letters through again. */
  Replays replays();

  /** The warehouse at an address that was found usable. */
  Warehouse warehouse(DatabaseAddress address);

  /** The embedded services of a home; nothing is started yet. The caller closes them. */
  EmbeddedStores embedded(Path home);

  /** The shop that the demonstration's data come from. */
  SampleData sample();
}
