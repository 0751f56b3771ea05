/**
 * Connectors: how sources and sinks are spoken to, one room each. Outside code uses a connector's
 * {@code Read*} and {@code Write*} transforms and its settings.
 */
package vn.phusa.pipelines.io;
