/** Credentials, signatures and tokens of simulated platforms. */
package vn.phusa.runners.simulator.auth;
