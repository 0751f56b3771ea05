package vn.phusa.runners.jobs.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of a step that were done by the attempts of this process, such as the tables of a load:
 * another attempt leaves them out. Those that a process before did are not among them, since their
 * sources may have newer rows by now.
 */
public final class PartsDone {
  private final Map<String, StepResult> results = new LinkedHashMap<>();

  /** Adds what a part did. */
  public void add(StepResult result) {
    results.put(result.name(), result);
  }

  /** The names of the parts that are done. */
  public Set<String> names() {
    return Set.copyOf(results.keySet());
  }

  /** What these parts did, all of which are done. */
  public List<StepResult> results(List<String> names) {
    return names.stream().map(results::get).toList();
  }
}
