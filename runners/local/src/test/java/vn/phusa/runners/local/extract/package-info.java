/** The extraction against platforms that are as strict as the real ones. */
package vn.phusa.runners.local.extract;
