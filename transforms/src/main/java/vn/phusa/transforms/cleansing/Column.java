package vn.phusa.transforms.cleansing;

/** A field that a {@link RecordReader} was told of. */
record Column(int index, String name) {}
