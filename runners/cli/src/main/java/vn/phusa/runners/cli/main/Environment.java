package vn.phusa.runners.cli.main;

import java.nio.file.Path;
import java.time.Clock;
import vn.phusa.options.address.DatabaseAddress;
import vn.phusa.runners.cli.Backend;
import vn.phusa.runners.cli.demo.DemoShop;
import vn.phusa.runners.cli.demo.EmbeddedStack;
import vn.phusa.runners.jobs.extract.BeamExtractJobs;
import vn.phusa.runners.jobs.extract.ExtractJobs;
import vn.phusa.runners.jobs.load.BeamLoadJobs;
import vn.phusa.runners.jobs.load.LoadJobs;
import vn.phusa.runners.jobs.preflight.EmbeddedStores;
import vn.phusa.runners.jobs.preflight.SampleData;
import vn.phusa.runners.jobs.replay.BeamReplayJobs;
import vn.phusa.runners.jobs.replay.ReplayJobs;
import vn.phusa.runners.jobs.stream.BeamStreamJobs;
import vn.phusa.runners.jobs.stream.StreamJobs;
import vn.phusa.runners.jobs.warehouse.WarehouseAdmin;
import vn.phusa.runners.jobs.warehouse.WarehousePort;

/** What the commands of a real launch work with. */
public final class Environment implements Backend {
  private final Clock clock;

  public Environment(Clock clock) {
    this.clock = clock;
  }

  @Override
  public LoadJobs jobs() {
    return new BeamLoadJobs(clock);
  }

  @Override
  public ExtractJobs extractions() {
    return new BeamExtractJobs(clock);
  }

  @Override
  public StreamJobs streams() {
    return new BeamStreamJobs();
  }

  @Override
  public ReplayJobs replays() {
    return new BeamReplayJobs();
  }

  @Override
  public WarehousePort warehouse(DatabaseAddress address) {
    return new WarehouseAdmin(address);
  }

  @Override
  public EmbeddedStores embedded(Path home) {
    return EmbeddedStack.at(home);
  }

  @Override
  public SampleData sample() {
    return new DemoShop(clock);
  }
}
