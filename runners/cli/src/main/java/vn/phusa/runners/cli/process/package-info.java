/** The process: interruption, memory, temporary files, and the one line that says why it ends. */
package vn.phusa.runners.cli.process;
