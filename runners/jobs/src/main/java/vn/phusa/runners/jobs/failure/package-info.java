/**
 * What a failure means: exit codes, and problems of services in one line. Which code and line a
 * failure has, {@link Failure} decides.
 */
package vn.phusa.runners.jobs.failure;
