package vn.phusa.pipelines.io.marketplace.spec;

import java.io.Serializable;

/**
 * One of several ways to do a thing, of which a description names one. A new way is one new class
 * and its line in {@code META-INF/services}, under the name of {@link AuthKind} or {@link
 * PagingKind}. Kinds have no state.
 */
public interface Kind extends Serializable {

  /** Its name in descriptions, where upper and lower case are the same. */
  String name();

  /**
   * This kind as what carries it out, which its description does not know.
   *
   * @throws IllegalStateException if its class is registered, but does not implement that
   */
  default <T> T as(Class<T> strategy) {
    if (!strategy.isInstance(this)) {
      throw new IllegalStateException(
          "the kind " + name() + " is no " + strategy.getSimpleName() + ": " + getClass());
    }
    return strategy.cast(this);
  }
}
