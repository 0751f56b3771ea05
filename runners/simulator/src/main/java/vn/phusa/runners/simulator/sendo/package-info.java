/** Sendo's Open API. */
package vn.phusa.runners.simulator.sendo;
