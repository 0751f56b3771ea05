package vn.phusa.runners.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The first few differences of large collections: all of them could not be read anyway. */
public final class Differences {
  private static final int MAX_SHOWN = 5;

  private Differences() {}

  public static List<String> between(Map<String, String> expected, Map<String, String> actual) {
    return between(lines(expected), lines(actual));
  }

  private static List<String> lines(Map<String, String> map) {
    return map.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
  }

  public static <T> List<String> between(Collection<T> expected, Collection<T> actual) {
    List<String> differences = new ArrayList<>();
    add(differences, "missing ", expected, actual);
    add(differences, "unexpected ", actual, expected);
    return differences;
  }

  private static <T> void add(
      List<String> differences, String kind, Collection<T> all, Collection<T> without) {
    HashSet<T> rest = new HashSet<>(all);
    rest.removeAll(new HashSet<>(without));
    rest.stream()
        .map(T::toString)
        .sorted()
        .limit(MAX_SHOWN)
        .forEach(d -> differences.add(kind + d));
  }
}
