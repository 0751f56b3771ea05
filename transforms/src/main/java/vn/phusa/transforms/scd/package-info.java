/**
 * Slowly changing dimensions, type 2, as pure functions: the history of a key is a function of the
 * set of changes that arrived for it, whatever their order, batching or repetition.
 *
 * <p>{@link vn.phusa.transforms.scd.History} computes the versions, {@link
 * vn.phusa.transforms.scd.HistoryDiff} what has to be done to the rows that are there. Neither
 * knows a database.
 */
package vn.phusa.transforms.scd;
