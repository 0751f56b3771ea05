/** The extraction as a command runs it: steps, pipeline, and what they came to. */
package vn.phusa.pipelines.extract;
