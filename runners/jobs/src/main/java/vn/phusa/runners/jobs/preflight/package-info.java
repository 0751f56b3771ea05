/** Checks of the services that a command needs, before anything is started. */
package vn.phusa.runners.jobs.preflight;
