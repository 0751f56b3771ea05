/** What happens to a record that cannot be used: it becomes a dead letter, never nothing. */
package vn.phusa.transforms.errors;
