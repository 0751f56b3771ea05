/** Identity of a run and of its steps, and the row counts that connectors report for them. */
package vn.phusa.pipelines.io.step;
