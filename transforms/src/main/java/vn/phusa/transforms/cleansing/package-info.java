/**
 * From a record as a source gave it to a typed one: every field parsed, cleansed by the rules and
 * known to fit its column, or the record rejected as a dead letter.
 */
package vn.phusa.transforms.cleansing;
