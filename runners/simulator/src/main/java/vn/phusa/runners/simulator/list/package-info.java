/** Lists and their pages. */
package vn.phusa.runners.simulator.list;
