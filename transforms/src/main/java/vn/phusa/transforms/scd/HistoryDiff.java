package vn.phusa.transforms.scd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What has to be done to the rows of one key so that they become its versions.
 *
 * <p>A row keeps its surrogate key as long as there is a version with its start; so when a version
 * is split, the piece with the old start keeps the key. An inferred member becomes the first
 * version. The three lists are applied in their order: remove, overwrite, open.
 *
 * @param remove the surrogate keys of rows that are no version any more
 * @param overwrite rows that stay, with what they hold now (closing a row is one of these)
 * @param open versions that no row has yet
 * @param rekeyFromMicros facts of this key at or after this time may have another version now; null
 *     when none can; {@link Long#MIN_VALUE} when all may
 */
public record HistoryDiff(
    List<Long> remove,
    List<StoredVersion> overwrite,
    List<Version> open,
    @Nullable Long rekeyFromMicros) {

  /**
   * A row of the dimension.
   *
   * @param surrogateKey its key
   * @param version what it holds
   * @param inferred whether it is a placeholder that a fact needed
   */
  public record StoredVersion(long surrogateKey, Version version, boolean inferred) {}

  /** Whether the rows are as they should be. */
  public boolean isEmpty() {
    return remove.isEmpty() && overwrite.isEmpty() && open.isEmpty();
  }

  /** Compares the rows that are there with the versions that should be. */
  public static HistoryDiff of(List<StoredVersion> rows, List<Version> versions) {
    Map<Long, StoredVersion> byStart = new HashMap<>();
    StoredVersion inferred = null;
    for (StoredVersion row : rows) {
      if (row.inferred()) {
        inferred = row;
      } else {
        byStart.put(row.version().effectiveMicros(), row);
      }
    }
    if (versions.isEmpty() && inferred != null) {
      return new HistoryDiff(List.of(), List.of(), List.of(), null);
    }
    List<StoredVersion> overwrite = new ArrayList<>();
    List<Version> open = new ArrayList<>();
    long rekeyFrom = Long.MAX_VALUE;
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      StoredVersion row = byStart.remove(version.effectiveMicros());
      if (row == null && i == 0 && inferred != null) {
        row = inferred;
        inferred = null;
      }
      if (row == null) {
        open.add(version);
        rekeyFrom = Math.min(rekeyFrom, i == 0 ? Long.MIN_VALUE : version.effectiveMicros());
      } else if (row.inferred() || !row.version().equals(version)) {
        overwrite.add(new StoredVersion(row.surrogateKey(), version, false));
      }
    }
    List<Long> remove = new ArrayList<>();
    if (inferred != null) {
      remove.add(inferred.surrogateKey());
      rekeyFrom = Long.MIN_VALUE;
    }
    long firstStart = versions.isEmpty() ? Long.MAX_VALUE : versions.get(0).effectiveMicros();
    for (StoredVersion row : byStart.values()) {
      remove.add(row.surrogateKey());
      long start = row.version().effectiveMicros();
      // Before the first version facts take the first: when that moves, all of them may.
      rekeyFrom = Math.min(rekeyFrom, start < firstStart ? Long.MIN_VALUE : start);
    }
    boolean mayMove = !rows.isEmpty() && rekeyFrom != Long.MAX_VALUE;
    return new HistoryDiff(remove, overwrite, open, mayMove ? rekeyFrom : null);
  }
}
