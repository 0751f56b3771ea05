package vn.phusa.pipelines.io.kafka.source;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vn.phusa.pipelines.io.kafka.BrokerLiveness;
import vn.phusa.pipelines.io.kafka.KafkaClients;
import vn.phusa.pipelines.io.waiting.AnswerTimeout;
import vn.phusa.transforms.model.TopicRecord;

/** Reads a share of a topic. A broker that is away is waited for. */
final class TopicReader extends UnboundedSource.UnboundedReader<TopicRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long POLL_PARTITIONS_MILLIS = 10_000;

  /** How long a question to a broker that is away may keep the reader. */
  private static final Duration BRIEFLY = Duration.ofSeconds(2);

  private final TopicSource source;
  private final OffsetRange span;
  private final Map<Integer, TopicCheckpoint.Position> begun;
  private final Clock clock;
  private final Map<Integer, PartitionProgress> partitions = new TreeMap<>();
  private final CheckpointCommits commits;

  private Consumer<byte[], byte[]> consumer;
  private final Map<Integer, Long> endsAtStart = new HashMap<>();
  private BrokerLiveness silence;
  private PolledRecords polled = PolledRecords.none();
  private @Nullable TopicRecord current;
  private Instant currentTimestamp = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long idleSince;
  private long lookedAt;

  TopicReader(TopicSource source, OffsetRange span, Map<Integer, TopicCheckpoint.Position> begun) {
    this.source = source;
    this.span = span;
    this.begun = begun;
    this.clock = Clock.systemUTC();
    this.commits = new CheckpointCommits(source.settings());
  }

  @Override
  public boolean start() throws IOException {
    ReadSettings settings = source.settings();
    consumer = KafkaClients.consumer(settings.address(), settings.groupId());
    silence = new BrokerLiveness(consumer, span.ends() == null ? null : AnswerTimeout.limit());
    idleSince = clock.millis();
    // Where nothing came before, that continues: a runner may open readers anew all the time.
    begun.forEach((number, at) -> add(number, at.offset(), at.clockMillis(), at.clockMillis()));
    span.starts()
        .forEach(
            (number, offset) -> {
              if (source.has(number) && !partitions.containsKey(number)) {
                add(number, offset, BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis(), idleSince);
              }
            });
    lookedAt = partitions.isEmpty() ? 0 : idleSince;
    assign();
    noteEnds();
    return advance();
  }

  /**
   * Where the partitions end. A consumer knows that of a partition only once it has looked at what
   * a fetch brought from there, after all that the same fetch brought from others: a reader that a
   * runner closes before would never know that a partition is idle.
   */
  private void noteEnds() {
    if (span.ends() != null || partitions.isEmpty()) {
      return;
    }
    try {
      consumer
          .endOffsets(consumer.assignment(), BRIEFLY)
          .forEach((partition, end) -> endsAtStart.put(partition.partition(), end));
    } catch (RetriableException e) {
      LOG.debug("The ends of {} are not known now", source.settings().topic(), e);
    }
  }

  @Override
  public boolean advance() throws IOException {
    commits.commit(consumer, clock.millis());
    current = null;
    if (!polled.hasNext()) {
      pollPartitions();
      polled = poll();
    }
    while (polled.hasNext()) {
      ConsumerRecord<byte[], byte[]> record = polled.next();
      PartitionProgress progress = partitions.get(record.partition());
      if (record.offset() >= endOf(record.partition())) {
        progress.skipTo(record.offset());
      } else {
        take(record, progress);
        return true;
      }
    }
    return false;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, PartitionProgress progress) {
    currentTimestamp =
        Instant.ofEpochMilli(
            progress.take(record.offset(), record.timestamp(), watermark, clock.millis()));
    current = ConsumedRecord.of(record);
  }

  /** What comes next; nothing where nothing has come within a moment. */
  private PolledRecords poll() throws IOException {
    List<TopicPartition> unfinished = partitionsToRead();
    if (unfinished.isEmpty()) {
      return PolledRecords.none();
    }
    PolledRecords records = new PolledRecords(consumer.poll(POLL));
    if (!records.hasNext()) {
      silence.check(clock.millis());
    }
    unfinished.stream()
        .filter(partition -> records.left(partition.partition()) == 0)
        .forEach(this::skipWhatHoldsNoRecords);
    return records;
  }

  /** Waits for nothing: other partitions may have much to read while the broker of this is away. */
  private void skipWhatHoldsNoRecords(TopicPartition partition) {
    try {
      long position = consumer.position(partition, Duration.ZERO);
      partitions.get(partition.partition()).skipTo(position);
    } catch (TimeoutException e) {
      LOG.debug("The position in {} is not known now", partition, e);
    }
  }

  private List<TopicPartition> partitionsToRead() {
    return consumer.assignment().stream()
        .filter(partition -> !partitions.get(partition.partition()).isAtEnd())
        .toList();
  }

  /** A bounded read knows its partitions; another may get more while it runs. */
  private void pollPartitions() {
    long now = clock.millis();
    if (span.ends() != null || now - lookedAt < POLL_PARTITIONS_MILLIS) {
      return;
    }
    lookedAt = now;
    try {
      int before = partitions.size();
      for (TopicPartition found :
          OffsetRange.partitions(consumer, source.settings().topic(), BRIEFLY)) {
        if (source.has(found.partition()) && !partitions.containsKey(found.partition())) {
          long first = consumer.beginningOffsets(List.of(found), BRIEFLY).get(found);
          add(found.partition(), first, watermark, now);
          LOG.info("Partition {} was added and is read from its beginning", found);
        }
      }
      if (partitions.size() > before) {
        assign();
      }
    } catch (RetriableException e) {
      LOG.debug("Partitions of {} are not known now", source.settings().topic(), e);
    }
  }

  private void add(int number, long offset, long clockMillis, long lastRecordAt) {
    if (span.ends() == null || span.ends().containsKey(number)) {
      partitions.put(
          number,
          new PartitionProgress(
              offset,
              clockMillis,
              endOf(number),
              source.settings().idle().toMillis(),
              lastRecordAt));
    }
  }

  private long endOf(int number) {
    return span.ends() == null ? Long.MAX_VALUE : span.ends().getOrDefault(number, 0L);
  }

  private void assign() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    partitions.forEach(
        (number, progress) ->
            positions.put(
                new TopicPartition(source.settings().topic(), number), progress.offset()));
    consumer.assign(positions.keySet());
    positions.forEach(consumer::seek);
    polled = PolledRecords.none();
  }

  @Override
  public Instant getWatermark() {
    long now = clock.millis();
    long least = Long.MAX_VALUE;
    boolean ended = span.ends() != null;
    for (Map.Entry<Integer, PartitionProgress> entry : partitions.entrySet()) {
      PartitionProgress progress = entry.getValue();
      if (!progress.isAtEnd()) {
        ended = false;
        least = Math.min(least, progress.watermark(left(entry.getKey()), now));
      }
    }
    if (ended) {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }
    if (partitions.isEmpty()) {
      long idle = source.settings().idle().toMillis();
      least = now - idleSince >= idle ? now - idle : watermark;
    }
    if (least != Long.MAX_VALUE) {
      watermark = Math.max(watermark, least);
    }
    return Instant.ofEpochMilli(watermark);
  }

  private OptionalLong left(int number) {
    if (polled.left(number) > 0) {
      return OptionalLong.of(polled.left(number));
    }
    OptionalLong lag = consumer.currentLag(new TopicPartition(source.settings().topic(), number));
    Long end = endsAtStart.get(number);
    return lag.isPresent() || end == null
        ? lag
        : OptionalLong.of(Math.max(0, end - partitions.get(number).offset()));
  }

  @Override
  public TopicCheckpoint getCheckpointMark() {
    Map<Integer, TopicCheckpoint.Position> positions = new HashMap<>();
    partitions.forEach(
        (number, progress) ->
            positions.put(
                number, new TopicCheckpoint.Position(progress.offset(), progress.clock())));
    return new TopicCheckpoint(positions, commits);
  }

  @Override
  public TopicRecord getCurrent() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  @Override
  public Instant getCurrentTimestamp() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return currentTimestamp;
  }

  @Override
  public TopicSource getCurrentSource() {
    return source;
  }

  @Override
  public void close() {
    if (consumer == null) {
      return;
    }
    try {
      commits.commitLast(consumer);
    } finally {
      consumer.close(Duration.ofSeconds(5));
    }
  }
}
