/**
 * PostgreSQL connections: settings, TLS, keepalive, retries and the meaning of SQL failures. Knows
 * no table.
 */
package vn.phusa.pipelines.io.postgres;
