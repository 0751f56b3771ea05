package vn.phusa.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** The compiled classes of all modules, without tests, and how rules name them. */
final class OurClasses {
  private static final String OURS = "vn.phusa.";

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("vn.phusa");

  private OurClasses() {}

  static JavaClasses all() {
    return ALL;
  }

  /** "from -> to" of top-level classes, without the names of the floors' parents. */
  static Set<String> dependencies(BiPredicate<JavaClass, JavaClass> which) {
    Set<String> found = new TreeSet<>();
    for (JavaClass from : ALL) {
      for (JavaClass to : targets(from)) {
        if (which.test(from, to)) {
          found.add(shortName(topLevel(from)) + " -> " + shortName(topLevel(to)));
        }
      }
    }
    return found;
  }

  /** Our classes that one depends on. */
  static Set<JavaClass> targets(JavaClass from) {
    Set<JavaClass> found = new TreeSet<>(Comparator.comparing(JavaClass::getName));
    from.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
        .filter(to -> to.getPackageName().startsWith(OURS))
        .forEach(found::add);
    return found;
  }

  /** "pipelines", "runners.jobs", ... */
  static String floor(JavaClass of) {
    String[] parts = of.getPackageName().substring(OURS.length()).split("\\.", 3);
    return parts[0].equals("runners") ? parts[0] + "." + parts[1] : parts[0];
  }

  static JavaClass topLevel(JavaClass of) {
    JavaClass top = of;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top;
  }

  static String shortName(JavaClass of) {
    return of.getName().replaceFirst("vn\\.phusa\\.(pipelines\\.(?=io\\.))?", "");
  }
}
