/** One class for each command. */
package vn.phusa.runners.local.commands;
