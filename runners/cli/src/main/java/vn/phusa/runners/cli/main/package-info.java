/** The entry point of {@code ./phusa}, which wires the commands to the jobs. */
package vn.phusa.runners.cli.main;
