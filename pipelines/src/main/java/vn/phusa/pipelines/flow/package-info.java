/**
 * One flow per kind of record: cleansing, enrichment and sinks, the same for batch, stream and
 * replay.
 */
package vn.phusa.pipelines.flow;
