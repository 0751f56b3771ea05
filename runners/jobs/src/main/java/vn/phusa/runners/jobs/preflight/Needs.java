package vn.phusa.runners.jobs.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The services that a command needs.
 *
 * @param all each of them; where embedded ones are wanted, those that are not given are started
 * @param sources at least one of them, unless empty: those that are given, and where embedded ones
 *     are wanted, those not given whose data are under the home
 * @param besides used like the sources, but not needed
 */
public record Needs(List<Service> all, List<Service> sources, List<Service> besides) {

  /** Each of these. */
  public static Needs allOf(Service... services) {
    return new Needs(List.of(services), List.of(), List.of());
  }

  /** At least one of these too. */
  public Needs oneOf(Service... services) {
    return new Needs(all, List.of(services), besides);
  }

  /** These too, where they are. */
  public Needs besides(Service... services) {
    return new Needs(all, sources, List.of(services));
  }

  /** All that were named, each once. */
  List<Service> mentioned() {
    return Stream.of(all, sources, besides).flatMap(List::stream).distinct().toList();
  }

  /** Those that are used if they are there. */
  List<Service> ifThere() {
    return mentioned().stream().filter(service -> !all.contains(service)).toList();
  }

  /**
   * The options to give besides those given, as "--warehouseUrl, and --oltpUrl or --stagingUri,";
   * empty if none is missing.
   */
  String missing(Set<Service> given) {
    List<String> parts = new ArrayList<>();
    List<Service> needed = all.stream().filter(service -> !given.contains(service)).toList();
    if (!needed.isEmpty()) {
      parts.add(options(needed, " and "));
    }
    if (!sources.isEmpty() && sources.stream().noneMatch(given::contains)) {
      parts.add(options(sources, " or "));
    }
    return parts.size() < 2 ? String.join("", parts) : String.join(", and ", parts) + ",";
  }

  private static String options(List<Service> services, String conjunction) {
    return services.stream()
        .map(service -> "--" + service.option())
        .collect(Collectors.joining(conjunction));
  }
}
