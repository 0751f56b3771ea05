/** The private folder in which embedded services live: its place, lock, files and binaries. */
package vn.phusa.runners.embedded.home;
