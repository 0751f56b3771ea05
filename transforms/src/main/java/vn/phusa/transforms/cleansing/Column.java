package vn.phusa.transforms.cleansing;

/** A field that a {@link RecordReader} was given. */
record Column(int index, String name) {}
