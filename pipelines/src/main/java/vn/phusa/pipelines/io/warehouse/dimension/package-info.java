/** Dimensions with SCD type 2 history, and rekeying of facts. */
package vn.phusa.pipelines.io.warehouse.dimension;
