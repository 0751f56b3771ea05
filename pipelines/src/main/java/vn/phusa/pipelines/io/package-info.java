/** What the sources and sinks have in common. */
package vn.phusa.pipelines.io;
