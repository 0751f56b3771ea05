/** What is summed up over time: which five-minute windows there are, and when they are shown. */
package vn.phusa.transforms.aggregation;
