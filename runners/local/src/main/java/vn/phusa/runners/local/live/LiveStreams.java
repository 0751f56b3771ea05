package vn.phusa.runners.local.live;

import java.sql.SQLException;
import java.util.UUID;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.kafka.common.KafkaException;
import vn.phusa.options.DatabaseAddress;
import vn.phusa.options.KafkaAddress;
import vn.phusa.options.RedisAddress;
import vn.phusa.options.StreamOptions;
import vn.phusa.options.StreamSettings;
import vn.phusa.pipelines.StreamEvents;
import vn.phusa.pipelines.io.kafka.MissingTopics;
import vn.phusa.pipelines.io.postgres.Rekeying;
import vn.phusa.pipelines.stream.FlowContext;
import vn.phusa.runners.local.RulesFile;
import vn.phusa.runners.local.ServiceUnusableException;
import vn.phusa.runners.local.backend.StreamView;
import vn.phusa.runners.local.backend.Streams;
import vn.phusa.runners.local.run.StreamJob;
import vn.phusa.runners.local.service.KafkaProblem;

/** Streams with Kafka, PostgreSQL and Redis. */
final class LiveStreams implements Streams {

  @Override
  public void check(StreamOptions options) {
    StreamEvents.topics(StreamSettings.of(options));
  }

  @Override
  public void requireTopics(StreamOptions options) {
    KafkaAddress kafka = KafkaAddress.of(options).orElseThrow();
    StreamSettings settings = StreamSettings.of(options);
    MissingTopics.require(kafka, StreamEvents.topics(settings), LiveStreams::missing);
    MissingTopics.require(kafka, StreamEvents.topicsWritten(settings), LiveStreams::missing);
  }

  static ServiceUnusableException missing(String what, Exception cause) {
    return new ServiceUnusableException("Kafka (--kafkaBootstrapServers): " + what, true, cause);
  }

  @Override
  public StreamJob job(StreamOptions options) {
    StreamSettings settings = StreamSettings.of(options);
    return new StreamJob(
        StreamEvents.topics(settings),
        (pipeline, runId) -> {
          StreamEvents stream = StreamEvents.of(context(options, settings, runId), settings);
          boolean onFlink = options.getRunner().equals(FlinkRunner.class);
          try {
            (onFlink ? stream.committingAtCheckpoints() : stream).build(pipeline);
          } catch (KafkaException e) {
            throw KafkaProblem.unusable(e);
          }
        },
        settings.endsNow());
  }

  @Override
  public StreamView view(StreamOptions options) {
    return LiveStreamView.of(options);
  }

  @Override
  public void finish(StreamOptions options) throws SQLException {
    Rekeying.settle(DatabaseAddress.warehouse(options).orElseThrow());
  }

  private static FlowContext context(StreamOptions options, StreamSettings settings, String runId) {
    return new FlowContext(
        KafkaAddress.of(options).orElseThrow(),
        DatabaseAddress.warehouse(options).orElseThrow(),
        RedisAddress.of(options).orElseThrow(),
        RulesFile.read(options.getRules()),
        UUID.fromString(runId),
        settings.allowedLateness(),
        settings.windowFlush(),
        settings.windowTimeToLive(),
        settings.endsNow());
  }
}
