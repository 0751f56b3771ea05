/** Topics as a source: raw records with positions of their own. */
package vn.phusa.pipelines.io.kafka.source;
