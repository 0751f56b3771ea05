/**
 * A Flink cluster of its own on this machine, for developers and tests: processes that can be
 * killed, checkpoints on disk. It is no part of the production jar.
 */
package vn.phusa.runners.flink.cluster;
