/** Committed offsets and lag. */
package vn.phusa.pipelines.io.kafka.offsets;
