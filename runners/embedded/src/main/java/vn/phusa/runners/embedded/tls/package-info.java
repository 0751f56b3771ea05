/** Certificates of a private authority, for services that listen on loopback and for tests. */
package vn.phusa.runners.embedded.tls;
