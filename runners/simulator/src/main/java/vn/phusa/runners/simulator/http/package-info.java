/** The HTTP server of a simulated platform, and the log of its requests. */
package vn.phusa.runners.simulator.http;
