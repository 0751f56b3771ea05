package vn.phusa.transforms.cleansing;

import vn.phusa.transforms.errors.RefusedException;
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
   * @throws RefusedException when it cannot be used
   */
  T cleanse(SourceRecord record) throws RefusedException;
}
