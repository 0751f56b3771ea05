/** Checks that what the documents say still exists. */
package vn.phusa.docs;
