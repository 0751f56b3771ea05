package vn.phusa.runners.cli.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A jar of the class path that came from a Maven repository.
 *
 * @param name group and artifact, as OSV writes them: {@code group:artifact}
 */
record MavenArtifact(String name, String version) {

  /** Those of a class path; what lies in no Maven repository is ours. */
  static List<MavenArtifact> of(String classPath) {
    return Stream.of(classPath.split(":"))
        .map(entry -> of(Path.of(entry)))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** Of .../repository/GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.jar. */
  private static Optional<MavenArtifact> of(Path jar) {
    List<String> parts =
        StreamSupport.stream(jar.spliterator(), false).map(Path::toString).toList();
    int root = parts.lastIndexOf("repository");
    int last = parts.size() - 1;
    if (root < 0 || last - root < 4 || !parts.get(last).endsWith(".jar")) {
      return Optional.empty();
    }
    String group = String.join(".", parts.subList(root + 1, last - 2));
    return Optional.of(new MavenArtifact(group + ":" + parts.get(last - 2), parts.get(last - 1)));
  }
}
