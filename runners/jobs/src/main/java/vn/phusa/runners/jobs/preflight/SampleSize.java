package vn.phusa.runners.jobs.preflight;

import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.SampleOptions;

/**
 * {@link SampleOptions} as values.
 *
 * @param seed what the made-up people and goods follow from
 * @param events how many are streamed
 */
public record SampleSize(int customers, int orders, int events, long seed) {

  /**
   * Reads the options.
   *
   * @throws InvalidOptionException for the first that no sample shop can have
   */
  public static SampleSize of(SampleOptions options) {
    return new SampleSize(
        atLeast(1, "sampleCustomers", options.getSampleCustomers()),
        atLeast(0, "sampleOrders", options.getSampleOrders()),
        atLeast(0, "sampleEvents", options.getSampleEvents()),
        options.getSampleSeed());
  }

  private static int atLeast(int minimum, String option, int number) {
    if (number < minimum) {
      throw new InvalidOptionException(option, minimum + " or more expected");
    }
    return number;
  }
}
