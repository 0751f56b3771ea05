package vn.phusa.runners.jobs.flink;

import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.flink.client.deployment.ClusterClientFactory;
import org.apache.flink.client.deployment.ClusterDescriptor;
import org.apache.flink.client.deployment.ClusterRetrieveException;
import org.apache.flink.client.deployment.DefaultClusterClientServiceLoader;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.NetUtils;
import vn.phusa.options.InvalidOptionException;

/**
 * The way to a cluster for questions about its jobs: by the address and the certificates by which
 * pipelines are submitted to it.
 *
 * @param configuration with an execution.target
 */
public record ClusterAccess(Configuration configuration) {
  /** Of 3 seconds each: someone waits. */
  private static final int ATTEMPTS = 10;

  /**
   * That to the cluster of {@code --flinkMaster}; empty where Flink runs in this process, and where
   * {@code flink run} has this program run in the cluster itself.
   *
   * @throws InvalidOptionException if --flinkConfDir is not right
   */
  public static Optional<ClusterAccess> of(FlinkPipelineOptions options) {
    String master = options.getFlinkMaster();
    if (ProcessFlink.isMeant(options)) {
      return Optional.empty();
    }
    return (master.startsWith("[") ? ofContext() : Optional.of(ofAddress(master, options)))
        .map(ClusterAccess::new);
  }

  private static Configuration ofAddress(String master, FlinkPipelineOptions options) {
    Configuration configuration = new Configuration(ProcessFlink.given(options.getFlinkConfDir()));
    var address = NetUtils.parseHostPortAddress(master);
    configuration.set(DeploymentOptions.TARGET, RemoteExecutor.NAME);
    configuration.set(JobManagerOptions.ADDRESS, address.getHostString());
    configuration.set(JobManagerOptions.PORT, address.getPort());
    configuration.set(RestOptions.ADDRESS, address.getHostString());
    configuration.set(RestOptions.PORT, address.getPort());
    return configuration;
  }

  /** The options of {@code flink run}. */
  private static Optional<Configuration> ofContext() {
    Configuration configuration =
        Configuration.fromMap(
            StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration().toMap());
    return Optional.of(configuration)
        .filter(given -> given.contains(DeploymentOptions.TARGET))
        .filter(given -> factory(given).isPresent());
  }

  private static Optional<ClusterClientFactory<Object>> factory(Configuration configuration) {
    try {
      return Optional.of(
          new DefaultClusterClientServiceLoader().getClusterClientFactory(configuration));
    } catch (IllegalStateException none) {
      return Optional.empty();
    }
  }

  /**
   * A client, to be closed.
   *
   * @throws ClusterRetrieveException if the cluster cannot be found
   */
  public ClusterClient<?> client() throws ClusterRetrieveException {
    Configuration asked = new Configuration(configuration);
    asked.set(RestOptions.RETRY_MAX_ATTEMPTS, ATTEMPTS);
    ClusterClientFactory<Object> factory = factory(asked).orElseThrow();
    try (ClusterDescriptor<Object> cluster = factory.createClusterDescriptor(asked)) {
      return cluster.retrieve(factory.getClusterId(asked)).getClusterClient();
    }
  }
}
