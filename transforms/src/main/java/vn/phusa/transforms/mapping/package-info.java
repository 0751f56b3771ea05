/**
 * What the records of marketplaces and feeds mean in our words: mappings that are data, and the
 * transform that applies them.
 */
package vn.phusa.transforms.mapping;
