/** MongoDB: the staging of marketplaces and feeds. */
package vn.phusa.pipelines.io.mongodb;
