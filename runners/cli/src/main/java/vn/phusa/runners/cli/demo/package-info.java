/** The demonstration: embedded services, a sample shop, simulated marketplaces. */
package vn.phusa.runners.cli.demo;
