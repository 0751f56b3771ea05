package vn.phusa.runners.local.live;

import java.nio.file.Path;
import java.time.Clock;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.runners.local.backend.Backend;
import vn.phusa.runners.local.backend.BatchJobs;
import vn.phusa.runners.local.backend.EmbeddedStores;
import vn.phusa.runners.local.backend.Extractions;
import vn.phusa.runners.local.backend.Replays;
import vn.phusa.runners.local.backend.SampleData;
import vn.phusa.runners.local.backend.Streams;
import vn.phusa.runners.local.backend.Warehouse;

/** What the commands of a real launch work with. */
public final class LiveBackend implements Backend {
  private final Clock clock;

  public LiveBackend(Clock clock) {
    this.clock = clock;
  }

  @Override
  public BatchJobs jobs() {
    return new LiveBatchJobs(clock);
  }

  @Override
  public Extractions extractions() {
    return new LiveExtractions();
  }

  @Override
  public Streams streams() {
    return new LiveStreams();
  }

  @Override
  public Replays replays() {
    return new LiveReplays();
  }

  @Override
  public Warehouse warehouse(DatabaseAddress address) {
    return new PostgresWarehouse(address);
  }

  @Override
  public EmbeddedStores embedded(Path home) {
    return LiveEmbeddedStores.at(home);
  }

  @Override
  public SampleData sample() {
    return new LiveSampleData(clock);
  }
}
