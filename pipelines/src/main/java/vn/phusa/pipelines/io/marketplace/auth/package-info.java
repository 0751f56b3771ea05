/** Signatures and tokens. */
package vn.phusa.pipelines.io.marketplace.auth;
