/** The dead letters' table. */
package vn.phusa.pipelines.io.warehouse.deadletter;
