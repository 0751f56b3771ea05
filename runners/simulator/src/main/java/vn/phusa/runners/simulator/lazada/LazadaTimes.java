package vn.phusa.runners.simulator.lazada;

import vn.phusa.runners.simulator.core.LocalTimes;
import vn.phusa.runners.simulator.http.ApiRequest;

/** Times in Lazada's parameters. */
final class LazadaTimes {
  private LazadaTimes() {}

  /** The seconds of a parameter like 2018-01-01T00:00:00+0800. */
  static long of(ApiRequest request, String name, long absent) {
    return request
        .parameter(name)
        .map(
            text ->
                LocalTimes.parseIso(text)
                    .orElseThrow(
                        () ->
                            LazadaContract.isp(
                                "17", "E017: \"" + name + "\" Invalid Date Format", name)))
        .orElse(absent);
  }
}
