/** The command line: arguments in, lines out. {@code command} has one class per command. */
package vn.phusa.runners.cli;
