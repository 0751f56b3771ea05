/** Keeping dead letters of a pipeline, and sending them through it again. */
package vn.phusa.pipelines.deadletter;
