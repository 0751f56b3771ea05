/** What became of the rows of a step and of its parts. */
package vn.phusa.runners.jobs.result;
