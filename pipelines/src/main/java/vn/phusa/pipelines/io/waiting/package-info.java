/** Waiting for services: reported to a person after a while, and ended at a limit. */
package vn.phusa.pipelines.io.waiting;
