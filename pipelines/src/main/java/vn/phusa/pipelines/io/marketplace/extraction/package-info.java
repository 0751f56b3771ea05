/** One extraction of one stream: cursors, lease, progress, and the sink into staging. */
package vn.phusa.pipelines.io.marketplace.extraction;
