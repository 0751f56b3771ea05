/** Lists read page by page, and records related to them. */
package vn.phusa.pipelines.io.marketplace.paging;
