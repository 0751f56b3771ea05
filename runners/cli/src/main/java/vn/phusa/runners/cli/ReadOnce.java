package vn.phusa.runners.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kind of file that is read when it is first asked for, and never again: all of a launch see the
 * same, also if somebody edits it meanwhile. Not thread-safe.
 */
final class ReadOnce<T> {
  private final Function<@Nullable String, T> reader;
  private final Map<Optional<String>, T> read = new HashMap<>();

  /**
   * @param reader is given null for what is built in
   */
  ReadOnce(Function<@Nullable String, T> reader) {
    this.reader = reader;
  }

  /** What the file says; null: what is built in. */
  T of(@Nullable String file) {
    return read.computeIfAbsent(
        Optional.ofNullable(file), given -> reader.apply(given.orElse(null)));
  }
}
