/**
 * Staging: the records of marketplaces and feeds as they were sent, in MongoDB. One document per
 * record, in collections by what the records are.
 */
package vn.phusa.pipelines.io.mongodb;
