/** Flink inside this process: a cluster of one job that listens on no port. */
package vn.phusa.runners.jobs.flink;
