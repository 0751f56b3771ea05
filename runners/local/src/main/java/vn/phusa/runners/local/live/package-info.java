/** The world as it is: real databases, and the embedded services. */
package vn.phusa.runners.local.live;
