package vn.phusa.runners.simulator.state;

/** What a record of a catalogue is. */
public enum Kind {
  PRODUCT,
  ORDER
}
