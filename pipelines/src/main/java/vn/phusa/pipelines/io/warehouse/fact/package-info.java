/** Fact tables. */
package vn.phusa.pipelines.io.warehouse.fact;
