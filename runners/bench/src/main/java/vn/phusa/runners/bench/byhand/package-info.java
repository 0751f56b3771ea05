/**
 * The stream of sales as somebody would write it directly for Flink, with Flink's own connectors:
 * what {@code stream} is measured against. The rules are those of the product; the rest is not.
 *
 * <p>It does less: two events about one order in one batch of the database's fail the batch, what
 * the database rejects fails the job, and a window in Redis is right only as long as Flink's state
 * is there.
 */
package vn.phusa.runners.bench.byhand;
