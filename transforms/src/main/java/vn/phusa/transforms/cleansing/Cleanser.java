package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.SourceRecord;

/**
 * Makes one kind of thing from records. Not safe for several threads.
 *
 * @param <T> what is made
 */
interface Cleanser<T> {

  /**
   * The record, cleansed.
   *
   * @throws RejectedException when it cannot be used
   */
  T cleanse(SourceRecord record) throws RejectedException;
}
