package vn.phusa.runners.embedded.marketplace;

/** What a record of a catalogue is. */
enum Kind {
  PRODUCT,
  ORDER
}
