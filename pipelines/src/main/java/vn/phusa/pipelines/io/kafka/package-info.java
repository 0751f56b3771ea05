/** Kafka clients: settings, TLS, topic checks, consumer groups. */
package vn.phusa.pipelines.io.kafka;
