package vn.phusa.pipelines.io.staging;

import java.util.ArrayList;
import java.util.List;

/**
 * What the records of a part may be called in the keys of their documents: by the part's name, or
 * in the singular, so that the documents of one record are found in all collections by its id.
 */
public final class StagedKinds {
  private StagedKinds() {}

  /**
   * The kinds that a part's records may have.
   *
   * @param part such as "products", "categories"
   */
  public static List<String> of(String part) {
    List<String> kinds = new ArrayList<>(List.of(part));
    if (part.endsWith("s")) {
      kinds.add(part.substring(0, part.length() - 1));
    }
    if (part.endsWith("ies")) {
      kinds.add(part.substring(0, part.length() - 3) + "y");
    }
    return kinds;
  }
}
