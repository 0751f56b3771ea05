/** Lazada's Open Platform. */
package vn.phusa.runners.simulator.lazada;
