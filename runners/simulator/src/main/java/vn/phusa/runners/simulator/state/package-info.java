/** Products and orders of a simulated platform as functions of the seed and the simulated time. */
package vn.phusa.runners.simulator.state;
