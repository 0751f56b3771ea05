/** HTTP requests and responses of marketplaces, and extraction of records from JSON. */
package vn.phusa.pipelines.io.marketplace.http;
