/** The production jar: the command line as a job's client on a Flink cluster. */
package vn.phusa.runners.flink;
