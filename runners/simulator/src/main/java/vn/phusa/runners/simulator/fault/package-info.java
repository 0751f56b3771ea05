/** Faults on request, and quotas. */
package vn.phusa.runners.simulator.fault;
