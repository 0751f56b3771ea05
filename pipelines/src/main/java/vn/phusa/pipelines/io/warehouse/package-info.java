/** Writing rows to the warehouse, counted per step. */
package vn.phusa.pipelines.io.warehouse;
