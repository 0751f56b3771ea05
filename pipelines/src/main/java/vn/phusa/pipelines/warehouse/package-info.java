/**
 * The warehouse's own affairs: its schema, its reference dimensions, its marts, and what it
 * remembers about runs. Plain JDBC; how data gets in is the business of {@code io.postgres}.
 */
package vn.phusa.pipelines.warehouse;
