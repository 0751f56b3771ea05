/** Tiki's Open API. */
package vn.phusa.runners.simulator.tiki;
