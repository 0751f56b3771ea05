/** The order of a run's steps: retried, resumed where the run before stopped, one at a time. */
package vn.phusa.runners.local.run;
