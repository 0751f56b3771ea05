/** Decoding of records, with schemas of a registry where there is one. */
package vn.phusa.pipelines.io.kafka.decode;
