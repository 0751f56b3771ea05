package vn.phusa.runners.samples;

import java.time.Instant;

/**
 * A record for a topic.
 *
 * @param key what the topic is keyed by, as UTF-8
 * @param value Avro or JSON by the topic's contract, or, among dirty events, anything
 * @param sentAt when it is sent, which is Kafka's record time
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampleEvent(String topic, byte[] key, byte[] value, Instant sentAt) {}
