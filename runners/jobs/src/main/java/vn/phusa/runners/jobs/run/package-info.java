/**
 * One run: its steps in order, retried, resumed where the run before stopped, one run at a time.
 */
package vn.phusa.runners.jobs.run;
