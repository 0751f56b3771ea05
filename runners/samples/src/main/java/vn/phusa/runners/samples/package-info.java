/**
 * A made-up Vietnamese shop's operational database and events, as dirty as real ones are, and the
 * same for the same seed. Nobody in it exists.
 */
package vn.phusa.runners.samples;
