/**
 * The options of a launch: small Beam pipeline options that are composed per command, and the
 * immutable values that they are read into once. Nothing here opens a connection.
 */
package vn.phusa.options;
