/** The embedded services as a JUnit 5 extension. */
package vn.phusa.runners.embedded.junit;
