/** Five-minute windows of sales, computed from the warehouse's facts. */
package vn.phusa.pipelines.io.warehouse.window;
