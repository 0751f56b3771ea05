/** Shopee's Open Platform. */
package vn.phusa.runners.simulator.shopee;
