/**
 * The Vietnamese business rules as data ({@link vn.phusa.transforms.rules.Rules}), and what follows
 * from them without looking at a record: the calendar and the geography.
 */
package vn.phusa.transforms.rules;
