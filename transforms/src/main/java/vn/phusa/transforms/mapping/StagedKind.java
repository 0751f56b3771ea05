package vn.phusa.transforms.mapping;

import java.io.Serializable;
import java.util.Map;

/** One kind of staged documents, and what they mean. */
public final class StagedKind implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final String load;
  private final PlatformMapping mapping;

  StagedKind(String name, String load, PlatformMapping mapping) {
    this.name = name;
    this.load = load;
    this.mapping = mapping;
  }

  /** The marketplace or feed by its name in staging: "tiki". */
  public String platform() {
    return name;
  }

  /** Its standard name, as the rules have it: "Tiki". */
  public String standardName() {
    return mapping.platform();
  }

  /** The source that its records name: "tiki", "feed:fptshop". */
  public String source() {
    return mapping.source(name);
  }

  /** What the step is called: "products", "orders", ... */
  public String load() {
    return load;
  }

  /** The collection of its documents. */
  public String collection() {
    return loadMapping().collection();
  }

  /** The collections of the documents that are read beside them, by what they are called. */
  public Map<String, String> sides() {
    return loadMapping().sides();
  }

  LoadMapping loadMapping() {
    return mapping.loads().get(load);
  }

  PlatformMapping mapping() {
    return mapping;
  }

  /** "tiki products". */
  @Override
  public String toString() {
    return name + " " + load;
  }
}
