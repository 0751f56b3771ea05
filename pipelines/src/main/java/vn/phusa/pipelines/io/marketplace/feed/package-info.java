/** Product feeds: files of a folder, bounded in every dimension. */
package vn.phusa.pipelines.io.marketplace.feed;
