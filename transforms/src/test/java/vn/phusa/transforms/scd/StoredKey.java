package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import vn.phusa.transforms.model.ChangeStamp;
import vn.phusa.transforms.scd.HistoryDiff.StoredVersion;

/** A key's rows and remembered changes in memory, changed just as the database's are. */
final class StoredKey {
  private DimensionSpec dimension;
  private final List<StoredVersion> rows = new ArrayList<>();
  private final Set<Change> remembered = new LinkedHashSet<>();
  private long nextKey = 1;
  private Long horizonMicros;

  StoredKey(DimensionSpec dimension) {
    this.dimension = dimension;
  }

  /** Folds what it knows from before then. */
  StoredKey forgettingBefore(long micros) {
    horizonMicros = micros;
    return this;
  }

  void infer() {
    if (rows.isEmpty()) {
      List<String> nulls = new ArrayList<>();
      dimension.attributes().forEach(a -> nulls.add(null));
      long epoch1900 = -2_208_988_800_000_000L;
      rows.add(
          new StoredVersion(
              nextKey++,
              new Version(epoch1900, null, false, nulls, nulls, ChangeStamp.polled(epoch1900)),
              true));
    }
  }

  /** From now on by other rules. */
  void follow(DimensionSpec other) {
    dimension = other;
  }

  KeyHistory.Update rederive() {
    return done(new KeyHistory(List.copyOf(rows), remembered).rederived(dimension));
  }

  KeyHistory.Update apply(Collection<Change> changes) {
    return done(
        new KeyHistory(List.copyOf(rows), remembered).plus(dimension, changes, horizonMicros));
  }

  private KeyHistory.Update done(KeyHistory.Update update) {
    remembered.addAll(update.remember());
    update.forget().forEach(remembered::remove);
    HistoryDiff diff = update.diff();
    rows.removeIf(r -> diff.remove().contains(r.surrogateKey()));
    for (StoredVersion changed : diff.overwrite()) {
      rows.removeIf(r -> r.surrogateKey() == changed.surrogateKey());
      rows.add(changed);
    }
    for (Version opened : diff.open()) {
      rows.add(new StoredVersion(nextKey++, opened, false));
    }
    return update;
  }

  /** Without the surrogate keys, by start. */
  List<Version> versions() {
    return rows.stream()
        .filter(r -> !r.inferred())
        .map(StoredVersion::version)
        .sorted(java.util.Comparator.comparingLong(Version::effectiveMicros))
        .toList();
  }

  List<StoredVersion> rows() {
    return rows;
  }

  int rememberedChanges() {
    return remembered.size();
  }
}
