package vn.phusa.transforms.model;

/** What a change does to its key. The order is the order of changes that are otherwise equal. */
public enum Operation {
  /** The row is there with these attributes, whether it is new or not. */
  UPSERT,
  /** The row is gone at the source. */
  DELETE
}
