package vn.phusa.pipelines.io.marketplace.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The kinds that are registered in {@code META-INF/services}, found once for each interface. */
public final class RegisteredKinds {
  private static final ClassValue<Map<String, Kind>> FOUND =
      new ClassValue<>() {
        @Override
        protected Map<String, Kind> computeValue(Class<?> type) {
          return find(type.asSubclass(Kind.class));
        }
      };

  private RegisteredKinds() {}

  /**
   * All kinds of an interface, in the order of their lines.
   *
   * @throws LinkageError if one cannot be made, or two have one name
   */
  public static <K extends Kind> List<K> all(Class<K> type) {
    return FOUND.get(type).values().stream().map(type::cast).toList();
  }

  /**
   * The kind of a name.
   *
   * @throws IllegalArgumentException if there is none
   * @throws LinkageError as of {@link #all}
   */
  static <K extends Kind> K named(Class<K> type, String name) {
    Kind kind = FOUND.get(type).get(key(name));
    if (kind == null) {
      throw new IllegalArgumentException("no kind has that name");
    }
    return type.cast(kind);
  }

  private static Map<String, Kind> find(Class<? extends Kind> type) {
    Map<String, Kind> found = new LinkedHashMap<>();
    try {
      // Workers' threads do not always have the pipeline's classes for their context.
      ServiceLoader.load(type, type.getClassLoader()).forEach(kind -> add(found, kind));
    } catch (ServiceConfigurationError e) {
      throw new LinkageError("META-INF/services: " + e.getMessage(), e);
    }
    return Collections.unmodifiableMap(found);
  }

  private static void add(Map<String, Kind> found, Kind kind) {
    Kind other = found.putIfAbsent(key(kind.name()), kind);
    if (other != null) {
      throw new LinkageError(
          "META-INF/services: "
              + other.getClass().getName()
              + " and "
              + kind.getClass().getName()
              + " have one name: "
              + kind.name());
    }
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
