/** The replay of dead letters. */
package vn.phusa.runners.jobs.replay;
