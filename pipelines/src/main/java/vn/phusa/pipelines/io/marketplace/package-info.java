/**
 * One connector for all marketplaces and feeds. Their specifications are data; only what cannot be
 * data (signing, tokens) is a class of its own.
 */
package vn.phusa.pipelines.io.marketplace;
