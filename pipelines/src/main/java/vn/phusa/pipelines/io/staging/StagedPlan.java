package vn.phusa.pipelines.io.staging;

import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.transforms.mapping.StagedKind;

/**
 * Finds the documents of a kind that were extracted in a period, or of which a side document was,
 * wave by wave: each document once, but for one of which several side documents were extracted, and
 * not itself.
 */
public final class StagedPlan {
  private static final int RANGE = 500;
  private static final String PREFIX = "raw_";

  private final StagedReader reader;
  private final StagedKind kind;
  private final @Nullable Instant from;
  private final Instant to;

  /** The collections that are still to be looked through: first the kind's own, then its sides. */
  private final Queue<String> collections = new ArrayDeque<>();

  private StagedReader.@Nullable Position last;
  private int parts;

  /**
   * @param from the first time of extraction, inclusive; null: the first of all
   * @param to exclusive
   */
  public StagedPlan(StagedReader reader, StagedKind kind, @Nullable Instant from, Instant to) {
    this.reader = reader;
    this.kind = kind;
    this.from = from;
    this.to = to;
    collections.add(kind.collection());
    collections.addAll(kind.sides().values());
  }

  /**
   * The next wave.
   *
   * @param most documents that it has at most
   * @return empty when there is none any more
   */
  public List<StagedRange> nextWave(int most) {
    List<String> keys = new ArrayList<>();
    while (keys.size() < most && !collections.isEmpty()) {
      String collection = collections.element();
      List<StagedReader.Position> positions =
          reader.positions(collection, kind.platform(), from, to, last, most - keys.size());
      last = positions.isEmpty() ? null : Iterables.getLast(positions);
      if (last == null) {
        collections.remove();
      } else if (collection.equals(kind.collection())) {
        positions.forEach(position -> keys.add(position.key()));
      } else {
        keys.addAll(ofSides(positions));
      }
    }
    return Lists.partition(keys, RANGE).stream()
        .map(part -> StagedRange.create(parts++, List.copyOf(part)))
        .toList();
  }

  /** The documents beside these, but for those that are read in any case. */
  private List<String> ofSides(List<StagedReader.Position> positions) {
    List<String> mains =
        positions.stream()
            .filter(position -> position.id() != null)
            .flatMap(position -> keys(kind.platform(), kind.collection(), position.id()))
            .toList();
    List<String> found = new ArrayList<>();
    for (List<String> some : Lists.partition(mains, RANGE)) {
      found.addAll(reader.keysOutside(kind.collection(), some, from, to));
    }
    return found;
  }

  /** What a document's key may be. */
  static Stream<String> keys(String platform, String collection, String id) {
    String part =
        collection.startsWith(PREFIX) ? collection.substring(PREFIX.length()) : collection;
    return StagedKinds.of(part).stream().map(kind -> platform + ":" + kind + ":" + id);
  }
}
