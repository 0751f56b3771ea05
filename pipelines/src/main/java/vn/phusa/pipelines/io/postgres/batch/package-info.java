/**
 * Transactional batches: one transaction per batch, retried where that can help, halved down to the
 * row that the database rejects.
 */
package vn.phusa.pipelines.io.postgres.batch;
