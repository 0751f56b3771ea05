package vn.phusa.runners.cli.command;

import java.util.Arrays;
import java.util.Set;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.runners.cli.NearestName;

/** The names of platforms that a person gave. */
final class PlatformNames {
  private PlatformNames() {}

  /**
   * Finds names that are none.
   *
   * @param given separated by commas; null: none
   * @param known all that are described
   * @throws InvalidOptionException for the first that is not known; its line says which was meant
   */
  static void check(@Nullable String given, Set<String> known) {
    if (given != null) {
      Arrays.stream(given.split(",", -1))
          .map(String::strip)
          .filter(name -> !known.contains(name))
          .findFirst()
          .ifPresent(name -> refuse(name, known));
    }
  }

  private static void refuse(String name, Set<String> known) {
    String hint =
        NearestName.to(name, known)
            .map(near -> "; did you mean " + near + "?")
            .orElse("; known are " + String.join(", ", known.stream().sorted().toList()));
    throw new InvalidOptionException(
        "platforms",
        (name.matches("[\\p{L}0-9_:-]{1,40}") ? "\"" + name + "\" is not one" : "names expected")
            + hint);
  }
}
