/** The text format of PostgreSQL's COPY. */
package vn.phusa.pipelines.io.postgres.copy;
