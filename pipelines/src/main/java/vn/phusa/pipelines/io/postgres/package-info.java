/**
 * Reading from and writing to PostgreSQL in bulk.
 *
 * <p>Everything that writes goes through {@link
 * vn.phusa.pipelines.io.postgres.TransactionalBatches}: one transaction per batch, retried where
 * that can help, halved down to the row that the database refuses.
 */
package vn.phusa.pipelines.io.postgres;
