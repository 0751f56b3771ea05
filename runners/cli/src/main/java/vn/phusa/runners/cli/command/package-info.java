/** One class for each command. */
package vn.phusa.runners.cli.command;
