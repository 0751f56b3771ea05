/** The five-minute windows in Redis. */
package vn.phusa.pipelines.io.redis;
