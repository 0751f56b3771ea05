/**
 * The command line. {@link vn.phusa.runners.local.Main} reads {@code ./phusa COMMAND
 * [--option=value ...]}; {@code commands} has one class per command, {@code run} the order of steps
 * with retries and resumption, {@code backend} what the commands call, {@code console} what they
 * print.
 */
package vn.phusa.runners.local;
