/** Topics as a sink: what a runner takes for processed is in Kafka. */
package vn.phusa.pipelines.io.kafka.sink;
