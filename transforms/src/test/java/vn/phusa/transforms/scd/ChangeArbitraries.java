package vn.phusa.transforms.scd;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.model.Operation;

/**
 * Changes of a small dimension with a small range of times and values, so that ties, repeats,
 * resurrections and twins (the same change polled and captured) come up all the time.
 */
final class ChangeArbitraries {
  static final DimensionSpec DIMENSION =
      DimensionSpec.named("thing", 9)
          .type2("a", "text")
          .type2("b", "text")
          .type1("n", "text")
          .build();

  private ChangeArbitraries() {}

  static Arbitrary<List<Change>> changes() {
    return changes(10);
  }

  static Arbitrary<List<Change>> changes(int most) {
    return Arbitraries.oneOf(polled(), observed(), captured(), twin(), captured(), typeOne())
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        .map(lists -> lists.stream().flatMap(List::stream).toList());
  }

  private static Arbitrary<List<Change>> polled() {
    return Combinators.combine(time(), values(), absent())
        .as((t, v, mask) -> List.of(upsert(ChangeStamp.polled(t), v, mask)));
  }

  /** A row that was read, or of a staged record, that may say that it is gone. */
  private static Arbitrary<List<Change>> observed() {
    return Combinators.combine(time(), values(), absent(), deletes())
        .as(
            (t, v, mask, delete) -> {
              if (delete) {
                return List.of(Change.delete(ChangeStamp.observed(t, once(t)), DIMENSION));
              }
              return List.of(onceObserved(t, v, mask));
            });
  }

  /**
   * Each state was observed at one time: one that is seen again without another in between is not
   * remembered, so that the order of arrival would count. What a state does not carry is no part of
   * it.
   */
  static Change onceObserved(long t, List<String> values, long absentMask) {
    Change state = upsert(ChangeStamp.polled(t), values, absentMask);
    long when = once(Objects.hash(t, state.getValues(), absentMask));
    return upsert(ChangeStamp.observed(t, when), values, absentMask);
  }

  private static long once(long hash) {
    return 1L + Math.floorMod(hash, 7);
  }

  /** The states of a row in the order in which one loader reads them, some of them again. */
  static Arbitrary<List<Change>> readInOrder() {
    return Combinators.combine(Arbitraries.longs().between(1, 3), values())
        .as((t, v) -> upsert(ChangeStamp.polled(t), v, 0))
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(
            states -> {
              Change[] read = new Change[states.size()];
              for (int i = 0; i < read.length; i++) {
                long t = states.get(i).getStamp().getModifiedMicros();
                read[i] = Change.upsert(ChangeStamp.observed(t, i + 1), states.get(i).getValues());
              }
              return List.of(read);
            });
  }

  /** A stock movement, say: without a commit position, and with type-1 attributes only. */
  private static Arbitrary<List<Change>> typeOne() {
    return Combinators.combine(time(), values())
        .as((t, v) -> List.of(upsert(ChangeStamp.polled(t), v, 0b011L)));
  }

  private static Arbitrary<List<Change>> captured() {
    return Combinators.combine(time(), time(), lsn(), index(), values(), absent(), deletes())
        .as(
            (t, o, lsn, index, v, mask, delete) ->
                List.of(
                    delete
                        ? Change.delete(ChangeStamp.captured(o, o, lsn, index), DIMENSION)
                        : upsert(ChangeStamp.captured(t, o, lsn, index), v, mask)));
  }

  private static Arbitrary<List<Change>> twin() {
    return Combinators.combine(time(), time(), lsn(), index(), values(), absent())
        .as(
            (t, o, lsn, index, v, mask) ->
                List.of(
                    onceObserved(t, v, 0),
                    upsert(ChangeStamp.captured(t, o, lsn, index), v, mask)));
  }

  private static Change upsert(ChangeStamp stamp, List<String> values, long absentMask) {
    String[] carried = values.toArray(new String[0]);
    for (int i = 0; i < carried.length; i++) {
      if ((absentMask >>> i & 1) == 1) {
        carried[i] = null;
      }
    }
    return Change.create(stamp, Operation.UPSERT, Arrays.asList(carried), absentMask);
  }

  private static Arbitrary<Long> time() {
    return Arbitraries.longs().between(1, 6);
  }

  private static Arbitrary<Long> lsn() {
    return Arbitraries.longs().between(100, 104);
  }

  private static Arbitrary<Integer> index() {
    return Arbitraries.integers().between(0, 2);
  }

  private static Arbitrary<Boolean> deletes() {
    return Arbitraries.frequency(net.jqwik.api.Tuple.of(3, false), net.jqwik.api.Tuple.of(1, true));
  }

  private static Arbitrary<Long> absent() {
    return Arbitraries.frequency(
        net.jqwik.api.Tuple.of(4, 0L),
        net.jqwik.api.Tuple.of(1, 0b001L),
        net.jqwik.api.Tuple.of(1, 0b011L),
        net.jqwik.api.Tuple.of(1, 0b100L));
  }

  private static Arbitrary<List<String>> values() {
    Arbitrary<String> value = Arbitraries.of("x", "y").injectNull(0.15);
    return Combinators.combine(value, value, value).as((a, b, n) -> Arrays.asList(a, b, n));
  }
}
