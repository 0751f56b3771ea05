/** What the platforms have in common. */
package vn.phusa.runners.simulator.core;
