/** The stream of event topics, and how far it is. */
package vn.phusa.runners.jobs.stream;
