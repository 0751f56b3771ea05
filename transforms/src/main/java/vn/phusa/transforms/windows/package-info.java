/** Five-minute windows of sales, and when they are shown. */
package vn.phusa.transforms.windows;
