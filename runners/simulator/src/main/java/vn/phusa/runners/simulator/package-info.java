/**
 * A simulator of the marketplaces' programming interfaces, for demonstrations and tests: an HTTP
 * server for each platform that keeps to its contract strictly, over a catalogue that changes with
 * time, with faults on request. Written from the published contracts alone.
 */
package vn.phusa.runners.simulator;
