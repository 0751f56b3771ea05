/**
 * One connector for all marketplaces, and their descriptions as data. What a platform's API looks
 * like stands in YAML; only what cannot be data (how requests are signed, how tokens are got) is a
 * class of its own.
 */
package vn.phusa.pipelines.io.marketplace;
