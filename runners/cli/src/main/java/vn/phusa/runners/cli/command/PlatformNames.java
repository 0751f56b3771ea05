package vn.phusa.runners.cli.command;

import java.util.Arrays;
import java.util.Set;
import vn.phusa.options.ExtractOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.LoadSettings;
import vn.phusa.runners.cli.CommandContext;
import vn.phusa.runners.cli.NearestName;

/**
 * Refuses what cannot be extracted: of marketplaces that are given before anything is started, of
 * simulated ones as soon as they are.
 */
public final class PlatformNames {
  private PlatformNames() {}

  /**
   * Checks the options of an extraction.
   *
   * @throws InvalidOptionException if one is malformed, a platform is not described or has no
   *     credentials
   */
  public static void check(CommandContext context) {
    ExtractOptions options = context.options(ExtractOptions.class);
    LoadSettings.duration("longestWait", options.getLongestWait());
    if (options.getMarketplaces() == null) {
      return;
    }
    Set<String> known = context.backend().extractions().platforms(options);
    if (options.getPlatforms() != null) {
      Arrays.stream(options.getPlatforms().split(",", -1))
          .map(String::strip)
          .filter(name -> !known.contains(name))
          .findFirst()
          .ifPresent(name -> refuse(name, known));
    }
    // Reported here and not by a worker: what lacks credentials.
    context.backend().extractions().ready(options);
  }

  /**
   * As {@link #check}, and there must be something to extract.
   *
   * @throws InvalidOptionException if there is nothing
   */
  static void checkSome(CommandContext context) {
    check(context);
    ExtractOptions options = context.options(ExtractOptions.class);
    if (options.getMarketplaces() != null
        && context.backend().extractions().ready(options).isEmpty()) {
      throw new InvalidOptionException(
          "marketplaces", "neither credentials nor files are given for any platform");
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
