/** Amounts and business days. */
package vn.phusa.transforms.money;
