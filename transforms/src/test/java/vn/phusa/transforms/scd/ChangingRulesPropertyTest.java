package vn.phusa.transforms.scd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.model.Operation;

/**
 * The rows are a function of what was said and of the rules in force, whatever rules held while it
 * arrived, in any order and batching.
 */
class ChangingRulesPropertyTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int N = 2;

  /**
   * What was said as it is; one value for two; another value each second day, and a derived one.
   */
  private static final List<DimensionSpec> RULES =
      List.of(
          ChangeArbitraries.DIMENSION.derivedBy(new Letters("xy", false)),
          ChangeArbitraries.DIMENSION.derivedBy(new Letters("zz", false)),
          ChangeArbitraries.DIMENSION.derivedBy(new Letters("yx", true)));

  /** Renames x and y in "a", derives "b" from it, and "n" from its own time. */
  private record Letters(String names, boolean byTime) implements Derivation {
    @Override
    public long derivedMask() {
      return 1L << B;
    }

    @Override
    public void derive(@Nullable String[] values, long[] saidAt) {
      values[A] = named(values[A]);
      values[B] = values[A] == null ? null : values[A] + (byTime ? saidAt[A] % 2 : "");
      values[N] = saidAt[N] == NEVER ? "never" : named(values[N]);
    }

    private @Nullable String named(@Nullable String said) {
      return said == null ? null : names.substring(said.equals("x") ? 0 : 1).substring(0, 1);
    }
  }

  @Property(tries = 10_000)
  void rederivedRowsAreAsIfTheNewestRulesHadHeldAlways(
      @ForAll("said") List<Change> said, @ForAll Random random) {
    List<Change> shuffled = new ArrayList<>(said);
    Collections.shuffle(shuffled, random);
    StoredKey key = new StoredKey(RULES.get(0));
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(3));
      key.follow(RULES.get(random.nextInt(RULES.size())));
      key.apply(shuffled.subList(from, to));
      from = to;
    }
    DimensionSpec newest = RULES.get(random.nextInt(RULES.size()));
    key.follow(newest);
    key.rederive();
    assertThat(key.versions()).isEqualTo(History.of(newest, said));
    assertThat(key.rederive().diff().isEmpty()).isTrue();
  }

  @Property(tries = 10_000)
  void whatIsLoadedAgainFollowsTheNewestRules(
      @ForAll("said") List<Change> said, @ForAll Random random) {
    StoredKey key = new StoredKey(RULES.get(random.nextInt(RULES.size())));
    key.apply(said);
    DimensionSpec newest = RULES.get(random.nextInt(RULES.size()));
    key.follow(newest);
    // Any of them touches its key, though all is known.
    key.apply(List.of(said.get(random.nextInt(said.size()))));
    assertThat(key.versions()).isEqualTo(History.of(newest, said));
  }

  @Provide
  Arbitrary<List<Change>> said() {
    return ChangeArbitraries.changes()
        .map(changes -> changes.stream().map(ChangingRulesPropertyTest::withoutDerived).toList());
  }

  /** No source says what is derived: it is carried with its origin. */
  private static Change withoutDerived(Change change) {
    @Nullable String[] values = change.getValues().toArray(new String[0]);
    values[B] = null;
    long absent = change.getAbsentMask() & ~(1L << B) | (change.getAbsentMask() & 1L << A) << 1;
    if (change.isObserved() && change.getOperation() == Operation.UPSERT) {
      return ChangeArbitraries.onceObserved(
          change.getStamp().getModifiedMicros(), Arrays.asList(values), absent);
    }
    return Change.create(change.getStamp(), change.getOperation(), Arrays.asList(values), absent);
  }
}
