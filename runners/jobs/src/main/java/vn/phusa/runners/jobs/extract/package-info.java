/** The extraction of marketplaces and feeds into staging. */
package vn.phusa.runners.jobs.extract;
