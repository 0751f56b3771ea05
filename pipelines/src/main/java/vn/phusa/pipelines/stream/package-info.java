/**
 * What becomes of the records of the event topics, whether they stream or are sent through again.
 */
package vn.phusa.pipelines.stream;
