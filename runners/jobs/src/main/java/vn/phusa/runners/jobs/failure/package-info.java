/** What a failure means: exit codes, and problems of services in one line. */
package vn.phusa.runners.jobs.failure;
