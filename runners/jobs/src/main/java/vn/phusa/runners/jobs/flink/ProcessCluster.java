package vn.phusa.runners.jobs.flink;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobSubmissionResult;
import org.apache.flink.api.common.io.FileOutputFormat;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.ApplicationStatus;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.dispatcher.DispatcherGateway;
import org.apache.flink.runtime.dispatcher.DispatcherId;
import org.apache.flink.runtime.dispatcher.DispatcherOperationCaches;
import org.apache.flink.runtime.dispatcher.MemoryExecutionGraphInfoStore;
import org.apache.flink.runtime.dispatcher.PartialDispatcherServices;
import org.apache.flink.runtime.dispatcher.SessionDispatcherFactory;
import org.apache.flink.runtime.dispatcher.VoidHistoryServerArchivist;
import org.apache.flink.runtime.dispatcher.runner.DefaultDispatcherRunnerFactory;
import org.apache.flink.runtime.dispatcher.runner.DispatcherRunner;
import org.apache.flink.runtime.entrypoint.ClusterEntrypointUtils;
import org.apache.flink.runtime.entrypoint.ClusterInformation;
import org.apache.flink.runtime.entrypoint.WorkingDirectory;
import org.apache.flink.runtime.externalresource.ExternalResourceInfoProvider;
import org.apache.flink.runtime.heartbeat.HeartbeatServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesUtils;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmanager.HaServicesJobPersistenceComponentFactory;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalListener;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalService;
import org.apache.flink.runtime.metrics.MetricRegistryImpl;
import org.apache.flink.runtime.metrics.groups.JobManagerMetricGroup;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.resourcemanager.ResourceManagerGateway;
import org.apache.flink.runtime.resourcemanager.ResourceManagerId;
import org.apache.flink.runtime.resourcemanager.ResourceManagerService;
import org.apache.flink.runtime.resourcemanager.ResourceManagerServiceImpl;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;
import org.apache.flink.runtime.rpc.RpcService;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.rpc.RpcUtils;
import org.apache.flink.runtime.security.token.DelegationTokenReceiverRepository;
import org.apache.flink.runtime.security.token.NoOpDelegationTokenManager;
import org.apache.flink.runtime.taskexecutor.TaskExecutor;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.webmonitor.retriever.LeaderGatewayRetriever;
import org.apache.flink.runtime.webmonitor.retriever.impl.RpcGatewayRetriever;
import org.apache.flink.util.ExecutorUtils;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.apache.flink.util.concurrent.ExponentialBackoffRetryStrategy;
import org.apache.flink.util.concurrent.FutureUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's cluster in one process, without its two servers: {@link MiniCluster} starts a REST server
 * and a BLOB server on every address, without authentication, and needs this machine's own name to
 * resolve. Nobody but this process uses them, so here neither is there, and no name is looked up.
 */
final class ProcessCluster extends MiniCluster {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessCluster.class);
  private static final ExponentialBackoffRetryStrategy RETRIES =
      new ExponentialBackoffRetryStrategy(21, Duration.ofMillis(5), Duration.ofMillis(20));

  private final Configuration configuration;
  private final CloseOrder closing = new CloseOrder();
  private final CompletableFuture<Void> terminated = new CompletableFuture<>();
  private LeaderGatewayRetriever<DispatcherGateway> dispatchers;
  private boolean running;
  private boolean ending;

  ProcessCluster(MiniClusterConfiguration configuration) {
    super(configuration);
    this.configuration = configuration.getConfiguration();
  }

  @Override
  public synchronized void start() throws Exception {
    try {
      startAll();
      running = true;
    } catch (Exception e) {
      end();
      throw e;
    }
  }

  private void startAll() throws Exception {
    WorkingDirectory folder =
        WorkingDirectory.create(
            ClusterEntrypointUtils.generateWorkingDirectoryFile(
                configuration,
                Optional.of(ClusterOptions.PROCESS_WORKING_DIR_BASE),
                "minicluster_" + ResourceID.generate()));
    closing.atLast(folder::delete);
    FileOutputFormat.initDefaultsFromConfiguration(configuration);
    ExecutorService workers =
        Executors.newFixedThreadPool(
            ClusterEntrypointUtils.getPoolSize(configuration),
            new ExecutorThreadFactory("flink-in-process"));
    long timeout = configuration.get(ClusterOptions.CLUSTER_SERVICES_SHUTDOWN_TIMEOUT);
    closing.before(
        () -> ExecutorUtils.nonBlockingShutdown(timeout, TimeUnit.MILLISECONDS, workers));
    RpcSystem calls = RpcSystem.load(configuration);
    closing.before(closing.now(calls::close));
    HighAvailabilityServices leaders =
        HighAvailabilityServicesUtils.createAvailableOrEmbeddedServices(
            configuration, workers, this::onFatalError);
    closing.before(closing.now(() -> leaders.closeWithOptionalClean(true)));
    ProcessBlobs blobs =
        ProcessBlobs.in(folder.getBlobStorageDirectory(), configuration, leaders.createBlobStore());
    RpcService rpc = createLocalRpcService(configuration, calls);
    closing.before(rpc::closeAsync);
    MetricRegistryImpl metrics =
        createMetricRegistry(configuration, calls.getMaximumMessageSizeInBytes(configuration));
    closing.before(metrics::closeAsync);
    startMaster(rpc, leaders, blobs, metrics, workers);
    startTasks(rpc, leaders, blobs, metrics, folder);
  }

  private void startMaster(
      RpcService rpc,
      HighAvailabilityServices leaders,
      ProcessBlobs blobs,
      MetricRegistryImpl metrics,
      ExecutorService workers)
      throws Exception {
    HeartbeatServices heartbeats = HeartbeatServices.fromConfiguration(configuration);
    String host = RpcUtils.getHostname(rpc);
    dispatchers =
        new RpcGatewayRetriever<>(rpc, DispatcherGateway.class, DispatcherId::fromUuid, RETRIES);
    LeaderGatewayRetriever<ResourceManagerGateway> resources =
        new RpcGatewayRetriever<>(
            rpc, ResourceManagerGateway.class, ResourceManagerId::fromUuid, RETRIES);
    ResourceManagerService resourceManager =
        ResourceManagerServiceImpl.create(
            StandaloneResourceManagerFactory.getInstance(),
            configuration,
            ResourceID.generate(),
            rpc,
            leaders,
            heartbeats,
            new NoOpDelegationTokenManager(),
            this::onFatalError,
            new ClusterInformation(host, blobs.getPort()),
            null,
            metrics,
            host,
            workers);
    closing.before(resourceManager::closeAsync);
    DispatcherOperationCaches operations =
        new DispatcherOperationCaches(
            configuration.get(RestOptions.ASYNC_OPERATION_STORE_DURATION));
    DispatcherRunner dispatcher =
        DefaultDispatcherRunnerFactory.createSessionRunner(SessionDispatcherFactory.INSTANCE)
            .createDispatcherRunner(
                leaders.getDispatcherLeaderElection(),
                this::onFatalError,
                new HaServicesJobPersistenceComponentFactory(leaders),
                workers,
                rpc,
                new PartialDispatcherServices(
                    configuration,
                    leaders,
                    resources,
                    blobs.store(),
                    heartbeats,
                    () -> JobManagerMetricGroup.createJobManagerMetricGroup(metrics, host),
                    new MemoryExecutionGraphInfoStore(),
                    this::onFatalError,
                    VoidHistoryServerArchivist.INSTANCE,
                    null,
                    workers,
                    operations,
                    List.of()));
    closing.before(dispatcher::closeAsync);
    closing.before(
        () ->
            resourceManager.deregisterApplication(ApplicationStatus.CANCELED, "the job has ended"));
    closing.before(operations::closeAsync);
    resourceManager.start();
    follow(leaders.getResourceManagerLeaderRetriever(), resources);
    follow(leaders.getDispatcherLeaderRetriever(), dispatchers);
  }

  private void follow(LeaderRetrievalService service, LeaderRetrievalListener listener)
      throws Exception {
    service.start(listener);
    closing.before(closing.now(service::stop));
  }

  private void startTasks(
      RpcService rpc,
      HighAvailabilityServices leaders,
      ProcessBlobs blobs,
      MetricRegistryImpl metrics,
      WorkingDirectory folder)
      throws Exception {
    TaskExecutor tasks =
        TaskManagerRunner.startTaskManager(
            configuration,
            ResourceID.generate(),
            rpc,
            leaders,
            HeartbeatServices.fromConfiguration(configuration),
            metrics,
            blobs,
            true,
            ExternalResourceInfoProvider.NO_EXTERNAL_RESOURCES,
            folder.createSubWorkingDirectory("tm_0"),
            this::onFatalError,
            new DelegationTokenReceiverRepository(configuration, null));
    closing.before(tasks::closeAsync);
    tasks.start();
  }

  /** The job then fails, for its master is gone. */
  private void onFatalError(Throwable e) {
    LOG.error("Flink in this process has failed", e);
    end();
  }

  @Override
  public CompletableFuture<JobSubmissionResult> submitJob(JobGraph given) {
    // Calls within a process pass objects as they are, and the master changes this one.
    JobGraph job = InstantiationUtil.cloneUnchecked(given);
    return getDispatcherGatewayFuture()
        .thenCompose(dispatcher -> dispatcher.submitJob(job, RpcUtils.INF_TIMEOUT))
        .thenApply(accepted -> new JobSubmissionResult(job.getJobID()));
  }

  @Override
  protected synchronized CompletableFuture<DispatcherGateway> getDispatcherGatewayFuture() {
    return running
        ? dispatchers.getFuture()
        : FutureUtils.completedExceptionally(new IOException("Flink in this process has ended"));
  }

  @Override
  public synchronized boolean isRunning() {
    return running;
  }

  @Override
  public CompletableFuture<Void> closeAsync() {
    end();
    return terminated;
  }

  private synchronized void end() {
    running = false;
    if (!ending) {
      ending = true;
      FutureUtils.forward(closing.all(), terminated);
    }
  }
}
