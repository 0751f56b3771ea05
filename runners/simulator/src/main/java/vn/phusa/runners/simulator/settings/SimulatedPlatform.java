package vn.phusa.runners.simulator.settings;

import java.util.Locale;

/** A platform that is simulated. */
public enum SimulatedPlatform {
  LAZADA,
  SHOPEE,
  TIKI,
  SENDO;

  /** The name in lower case, as files and records use it. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
