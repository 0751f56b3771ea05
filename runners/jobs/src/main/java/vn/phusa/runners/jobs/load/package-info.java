/** The batch load: polled tables and staged records, in waves between watermarks. */
package vn.phusa.runners.jobs.load;
