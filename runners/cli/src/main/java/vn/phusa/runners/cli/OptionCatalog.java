package vn.phusa.runners.cli;

import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The options that interfaces declare, found the way Beam finds them: by getter and setter. */
public final class OptionCatalog {
  private final Map<String, OptionInfo> byName = new TreeMap<>();

  public OptionCatalog(Collection<? extends Class<? extends PipelineOptions>> interfaces) {
    interfaces.forEach(this::addAll);
  }

  private void addAll(Class<? extends PipelineOptions> type) {
    for (Method getter : type.getMethods()) {
      String name = property(getter);
      if (name != null && hasSetter(type, getter)) {
        Description description = getter.getAnnotation(Description.class);
        byName.put(
            name,
            new OptionInfo(
                name,
                getter.getReturnType(),
                getter.getDeclaringClass().asSubclass(PipelineOptions.class),
                description == null ? null : description.value()));
      }
    }
  }

  /** The option of that name; null: there is none. */
  OptionInfo get(String name) {
    return byName.get(name);
  }

  /** All of them, by name. */
  public Collection<OptionInfo> all() {
    return byName.values();
  }

  private static String property(Method getter) {
    if (getter.getParameterCount() > 0 || getter.getReturnType() == void.class) {
      return null;
    }
    if (getter.getName().startsWith("get")) {
      return Introspector.decapitalize(getter.getName().substring(3));
    }
    return getter.getName().startsWith("is")
        ? Introspector.decapitalize(getter.getName().substring(2))
        : null;
  }

  private static boolean hasSetter(Class<?> type, Method getter) {
    String setter = getter.getName().replaceFirst("^(get|is)", "set");
    for (Method method : type.getMethods()) {
      if (method.getName().equals(setter) && method.getParameterCount() == 1) {
        return true;
      }
    }
    return false;
  }
}
