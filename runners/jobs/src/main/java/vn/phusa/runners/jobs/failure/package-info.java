/**
 * What a failure means: exit codes, and problems of services in one line. Which code and line a
 * failure has, {@link vn.phusa.runners.jobs.run.Failure} decides.
 */
package vn.phusa.runners.jobs.failure;
