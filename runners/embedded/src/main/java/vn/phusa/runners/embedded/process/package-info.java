/** Processes of embedded services: how they start, are watched, and end with their time limits. */
package vn.phusa.runners.embedded.process;
