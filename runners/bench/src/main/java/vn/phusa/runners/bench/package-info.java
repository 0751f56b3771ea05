/** Measures loads against plain COPY of the same rows, in one run on one machine. By hand. */
package vn.phusa.runners.bench;
