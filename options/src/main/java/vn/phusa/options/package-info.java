/**
 * The options of a launch: small Beam pipeline options that are composed per command, the immutable
 * values that they are read into once, and references to secrets. Nothing here opens a connection.
 */
package vn.phusa.options;
