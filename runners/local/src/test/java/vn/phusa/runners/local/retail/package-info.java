/** Real orders, the "Online Retail" data set, through the commands that a user types. */
package vn.phusa.runners.local.retail;
