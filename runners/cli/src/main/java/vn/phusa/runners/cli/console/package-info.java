/** What is shown: rows so far while a step runs, and tables afterwards. */
package vn.phusa.runners.cli.console;
