package vn.phusa.runners.jobs.flink;

import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.QueryableStateOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;

/**
 * Lets pipelines on Flink in this process run on a {@link ProcessCluster}, which listens nowhere.
 * Beam would start Flink's own cluster for {@code --flinkMaster=[local]}; with {@code [auto]} it
 * takes the environment of its context, which is one of ours then.
 */
public final class ProcessFlink {
  /** What {@code --flinkMaster} says for Flink in this process. */
  public static final String LOCAL = "[local]";

  private static final String OF_THE_CONTEXT = "[auto]";
  private static final String LOOPBACK = "127.0.0.1";

  private ProcessFlink() {}

  /**
   * Whether the pipelines of these options run in this process: {@code [local]}, or {@code [auto]}
   * where no {@code flink run} has chosen a cluster.
   */
  public static boolean isMeant(FlinkPipelineOptions options) {
    String master = options.getFlinkMaster();
    return master.equals(LOCAL) || (master.equals(OF_THE_CONTEXT) && !isContextGiven());
  }

  /**
   * Lets the pipelines of these options, and of every copy of them, run on a cluster that listens
   * nowhere. The configuration of {@code --flinkConfDir} holds, except where it would open a port.
   */
  public static void use(FlinkPipelineOptions options) {
    Configuration configuration = configuration(options.getFlinkConfDir());
    StreamingContext.set(configuration);
    BatchContext.set(configuration);
    options.setFlinkMaster(OF_THE_CONTEXT);
  }

  /** An environment for a job that is written without Beam, on such a cluster too. */
  public static StreamExecutionEnvironment environment() {
    return new StreamingContext(configuration(null));
  }

  private static boolean isContextGiven() {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    return !(environment instanceof LocalStreamEnvironment)
        && !(environment instanceof StreamingContext);
  }

  private static Configuration configuration(@Nullable String folder) {
    Configuration configuration = new Configuration(given(folder));
    // As Beam has it for a local environment.
    if (!configuration.contains(TaskManagerOptions.MANAGED_MEMORY_SIZE)) {
      float part = configuration.get(TaskManagerOptions.MANAGED_MEMORY_FRACTION);
      long free = EnvironmentInformation.getSizeOfFreeHeapMemoryWithDefrag();
      configuration.set(
          TaskManagerOptions.MANAGED_MEMORY_SIZE, new MemorySize((long) (free * part)));
    }
    if (!configuration.contains(CoreOptions.CHECK_LEAKED_CLASSLOADER)) {
      configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    }
    configuration.set(DeploymentOptions.TARGET, LocalExecutor.NAME);
    configuration.set(DeploymentOptions.ATTACHED, true);
    close(configuration);
    return configuration;
  }

  /**
   * Flink's configuration in a folder, or in that which the environment names.
   *
   * @throws InvalidOptionException if there is none in the folder, or it cannot be read
   */
  public static Configuration given(@Nullable String folder) {
    try {
      return folder == null || folder.isEmpty()
          ? GlobalConfiguration.loadConfiguration()
          : GlobalConfiguration.loadConfiguration(folder);
    } catch (RuntimeException e) {
      throw new InvalidOptionException(
          "flinkConfDir", "a folder with Flink's config.yaml expected");
    }
  }

  /** Whatever the user's configuration says. */
  private static void close(Configuration configuration) {
    configuration.set(JobManagerOptions.BIND_HOST, LOOPBACK);
    configuration.set(BlobServerOptions.PORT, "0");
    configuration.set(QueryableStateOptions.ENABLE_QUERYABLE_STATE_PROXY_SERVER, false);
    // With a second one they would talk over the network.
    configuration.set(TaskManagerOptions.MINI_CLUSTER_NUM_TASK_MANAGERS, 1);
  }

  /** The environment of pipelines that stream. */
  private static final class StreamingContext extends StreamExecutionEnvironment {
    private StreamingContext(Configuration configuration) {
      super(new Executors(), configuration, loader());
    }

    private static void set(Configuration configuration) {
      initializeContextEnvironment(more -> new StreamingContext(merged(configuration, more)));
    }
  }

  /** The environment of pipelines that Beam translates to Flink's data sets. */
  @SuppressWarnings("deprecation")
  private static final class BatchContext extends ExecutionEnvironment {
    private BatchContext(Configuration configuration) {
      super(new Executors(), configuration, loader());
    }

    private static void set(Configuration configuration) {
      initializeContextEnvironment(() -> new BatchContext(configuration));
    }
  }

  private static Configuration merged(Configuration configuration, Configuration more) {
    Configuration all = new Configuration(configuration);
    all.addAll(more);
    return all;
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }

  /** Finds our executor where Flink would find those of the class path. */
  private static final class Executors
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(getName());
    }

    @Override
    public String getName() {
      return LocalExecutor.NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return LocalExecutor.createWithFactory(configuration, ProcessCluster::new);
    }
  }
}
