/**
 * The services that the pipelines need, on one machine and without installing anything:
 * PostgreSQL's and Redis' own binaries, a real Kafka broker, and a server that speaks MongoDB's
 * protocol; and a simulator of the marketplaces. All listen on the loopback address alone and keep
 * their data under one folder, the home.
 */
package vn.phusa.runners.embedded;
