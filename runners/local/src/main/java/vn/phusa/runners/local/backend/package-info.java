/**
 * What the commands call: the warehouse, the batch jobs, the embedded services, the sample shop.
 */
package vn.phusa.runners.local.backend;
