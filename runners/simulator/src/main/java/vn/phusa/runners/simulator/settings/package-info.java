/** How a simulator is started. */
package vn.phusa.runners.simulator.settings;
