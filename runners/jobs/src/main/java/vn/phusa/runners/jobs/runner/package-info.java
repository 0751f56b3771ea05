/** What differs between runners. */
package vn.phusa.runners.jobs.runner;
