package vn.phusa.runners.jobs.stream;

import java.sql.SQLException;
import org.apache.kafka.common.KafkaException;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.StreamEvents;
import vn.phusa.pipelines.flow.FlowContext;
import vn.phusa.pipelines.io.kafka.TopicCheck;
import vn.phusa.pipelines.io.step.RunId;
import vn.phusa.pipelines.io.warehouse.dimension.Rekeying;
import vn.phusa.pipelines.io.warehouse.ledger.HousekeepPeriodically;
import vn.phusa.runners.jobs.failure.KafkaProblem;
import vn.phusa.runners.jobs.failure.ServiceUnavailableException;
import vn.phusa.runners.jobs.load.RulesInUse;
import vn.phusa.runners.jobs.run.StreamJob;
import vn.phusa.runners.jobs.runner.RunnerProfile;

/** Streams with Kafka, PostgreSQL and Redis. */
public final class BeamStreamJobs implements StreamJobs {

  @Override
  public void check(StreamSettings settings) {
    StreamEvents.topics(settings);
  }

  @Override
  public void requireTopics(StreamSetup setup) {
    StreamSettings settings = setup.settings();
    TopicCheck.require(setup.kafka(), StreamEvents.topics(settings), BeamStreamJobs::missing);
    TopicCheck.require(
        setup.kafka(), StreamEvents.topicsWritten(settings), BeamStreamJobs::missing);
  }

  public static ServiceUnavailableException missing(String what, Exception cause) {
    return new ServiceUnavailableException("Kafka (--kafkaBootstrapServers): " + what, true, cause);
  }

  @Override
  public StreamJob job(StreamSetup setup) {
    StreamSettings settings = setup.settings();
    RulesInUse rules = new RulesInUse(setup.rules());
    return new StreamJob(
        StreamEvents.topics(settings),
        (pipeline, runId) -> {
          rules.putIntoForce(setup.warehouse());
          StreamEvents stream = StreamEvents.of(context(setup, runId), settings);
          boolean atCheckpoints = RunnerProfile.of(pipeline.getOptions()).commitsAtCheckpoints();
          try {
            (atCheckpoints ? stream.committingAtCheckpoints() : stream).build(pipeline);
          } catch (KafkaException e) {
            throw KafkaProblem.unusable(e);
          }
        },
        settings.endsNow());
  }

  @Override
  public StreamView view(StreamSetup setup) {
    return StreamObserver.of(setup);
  }

  @Override
  public void finish(StreamSetup setup) throws SQLException {
    Rekeying.rekey(setup.warehouse());
    HousekeepPeriodically.once(setup.warehouse(), setup.settings().retention());
  }

  private static FlowContext context(StreamSetup setup, RunId runId) {
    StreamSettings settings = setup.settings();
    return new FlowContext(
        setup.kafka(),
        setup.warehouse(),
        setup.redis(),
        setup.rules(),
        runId,
        settings.allowedLateness(),
        settings.windowFlush(),
        settings.windowTimeToLive(),
        settings.endsNow(),
        settings.historyHorizon());
  }
}
