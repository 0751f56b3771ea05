/**
 * Staging: the records of marketplaces and feeds as they were sent, in MongoDB. One document per
 * record, in collections by kind.
 */
package vn.phusa.pipelines.io.staging;
