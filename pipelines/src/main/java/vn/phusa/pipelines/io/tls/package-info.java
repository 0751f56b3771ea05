/** What the TLS clients of all services have in common: whom they trust, and how they fail. */
package vn.phusa.pipelines.io.tls;
