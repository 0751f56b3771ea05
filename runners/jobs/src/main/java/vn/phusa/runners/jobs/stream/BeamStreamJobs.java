package vn.phusa.runners.jobs.stream;

import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.KafkaAddress;
import vn.phusa.options.RedisAddress;
import vn.phusa.options.StreamOptions;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.StreamEvents;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.io.kafka.TopicCheck;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.ledger.HousekeepPeriodically;
import vn.phusa.runners.jobs.failure.KafkaProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.load.RulesFile;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** Streams with Kafka, PostgreSQL and Redis. */
public final class BeamStreamJobs implements StreamJobs {

  @Override
  public void check(StreamOptions options) {
    StreamEvents.topics(StreamSettings.of(options));
  }

  @Override
  public void requireTopics(StreamOptions options) {
    KafkaAddress kafka = KafkaAddress.of(options).orElseThrow();
    StreamSettings settings = StreamSettings.of(options);
    TopicCheck.require(kafka, StreamEvents.topics(settings), BeamStreamJobs::missing);
    TopicCheck.require(kafka, StreamEvents.topicsWritten(settings), BeamStreamJobs::missing);
  }

  public static ServiceUnavailableException missing(String what, Exception cause) {
    return new ServiceUnavailableException("Kafka (--kafkaBootstrapServers): " + what, true, cause);
  }

  @Override
  public StreamJob job(StreamOptions options) {
    StreamSettings settings = StreamSettings.of(options);
    return new StreamJob(
        StreamEvents.topics(settings),
        (pipeline, runId) -> {
          StreamEvents stream = StreamEvents.of(context(options, settings, runId), settings);
          boolean atCheckpoints = RunnerProfile.of(options).commitsAtCheckpoints();
          try {
            (atCheckpoints ? stream.committingAtCheckpoints() : stream).build(pipeline);
          } catch (KafkaException e) {
            throw KafkaProblem.unusable(e);
          }
        },
        settings.endsNow());
  }

  @Override
  public StreamView view(StreamOptions options) {
    return StreamObserver.of(options);
  }

  @Override
  public void finish(StreamOptions options) throws SQLException {
    DatabaseAddress warehouse = DatabaseAddress.warehouse(options).orElseThrow();
    Rekeying.rekey(warehouse);
    HousekeepPeriodically.once(warehouse, StreamSettings.of(options).retention());
  }

  private static FlowContext context(StreamOptions options, StreamSettings settings, RunId runId) {
    return new FlowContext(
        KafkaAddress.of(options).orElseThrow(),
        DatabaseAddress.warehouse(options).orElseThrow(),
        RedisAddress.of(options).orElseThrow(),
        RulesFile.read(options.getRules()),
        runId,
        settings.allowedLateness(),
        settings.windowFlush(),
        settings.windowTimeToLive(),
        settings.endsNow(),
        settings.historyHorizon());
  }
}
