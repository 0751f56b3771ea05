/** Logins of embedded services: generated secrets in private files, and SCRAM. */
package vn.phusa.runners.embedded.login;
