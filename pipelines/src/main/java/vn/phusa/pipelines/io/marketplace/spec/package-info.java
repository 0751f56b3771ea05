/** Specifications of marketplaces and feeds, read from YAML and validated. */
package vn.phusa.pipelines.io.marketplace.spec;
