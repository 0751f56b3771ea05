/** Runs the pipelines that load polled tables: in waves, between watermarks, counted. */
package vn.phusa.pipelines.load;
