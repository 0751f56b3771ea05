/**
 * Measures extraction against a plain loop over the same simulated platform, and several platforms
 * at once against one, in one run on one machine. By hand.
 */
package vn.phusa.runners.bench.extract;
