/** Rate limits, backoff and wait budgets, shared by all processes through staging. */
package vn.phusa.pipelines.io.marketplace.limit;
