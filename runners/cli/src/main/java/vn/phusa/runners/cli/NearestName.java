package vn.phusa.runners.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that was probably meant. */
public final class NearestName {
  private NearestName() {}

  /** The nearest of the known names; empty if none is near. */
  public static Optional<String> to(String written, Collection<String> known) {
    String lower = written.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(name -> distance(lower, name) <= Math.max(2, name.length() / 4))
        .min(
            Comparator.<String>comparingInt(name -> distance(lower, name))
                // Letters that changed places count as two: better than one that is missing.
                .thenComparingInt(name -> Math.abs(name.length() - lower.length())));
  }

  private static int distance(String lower, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(lower, name.toLowerCase(Locale.ROOT));
  }
}
