/**
 * Measures the stream of sales against the same job written by hand for Flink, and against a plain
 * consumer, in one run on one machine. By hand.
 */
package vn.phusa.runners.bench.stream;
