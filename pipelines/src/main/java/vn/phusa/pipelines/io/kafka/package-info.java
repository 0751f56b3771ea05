/**
 * Kafka as a source and a sink: topics are read as bytes with positions of their own, decoded in
 * steps that can refuse, and written so that what a runner takes for processed is in Kafka.
 */
package vn.phusa.pipelines.io.kafka;
