package vn.phusa.runners.samples;

import java.util.List;

/**
 * Pseudo-random numbers (SplitMix64) that depend on a seed, a kind of thing and its number alone:
 * any row can be made without those before it, on any Java version.
 */
public final class SampleRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private SampleRandom(long state) {
    this.state = state;
  }

  /** The numbers of one thing: always the same for the same three values. */
  public static SampleRandom of(long seed, String kind, long number) {
    long mixed = mix(seed + GOLDEN);
    mixed = mix(mixed ^ (kind.hashCode() * GOLDEN));
    return new SampleRandom(mix(mixed ^ (number * 0xD1342543DE82EF95L)));
  }

  /** Any number at all. */
  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** From 0 to below 1. */
  public double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** From 0 to below the bound. */
  public int below(int bound) {
    return (int) (unit() * bound);
  }

  /** From the first to the second, both included. */
  public long between(long first, long last) {
    return first + (long) (unit() * (last - first + 1));
  }

  /** Whether something happens that does so with the probability. */
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** One of them, each as likely. */
  public <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** One of the two: the second with the probability. */
  public <T> T orRarely(T usual, double probability, T rare) {
    return chance(probability) ? rare : usual;
  }

  /** The value, or sometimes null, as in real columns. */
  public <T> T orNull(T value) {
    return chance(0.004) ? null : value;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
