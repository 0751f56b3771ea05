/** The shop's operational database as a source: polling by update time. */
package vn.phusa.pipelines.io.oltp;
