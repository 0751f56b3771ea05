package vn.phusa.runners.cli.demo;

import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.SampleOptions;

/** Refuses a sample shop that cannot be. */
final class SampleSize {
  private SampleSize() {}

  static void check(SampleOptions options) {
    if (options.getSampleCustomers() < 1) {
      throw new InvalidOptionException("sampleCustomers", "1 or more expected");
    }
    if (options.getSampleOrders() < 0) {
      throw new InvalidOptionException("sampleOrders", "0 or more expected");
    }
    if (options.getSampleEvents() < 0) {
      throw new InvalidOptionException("sampleEvents", "0 or more expected");
    }
  }
}
