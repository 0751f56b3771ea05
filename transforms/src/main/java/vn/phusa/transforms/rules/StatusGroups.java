package vn.phusa.transforms.rules;

import java.util.HashMap;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Finds the group of an order's status: by the words of its source first, then by those of all. */
public final class StatusGroups {

  private final Map<String, KnownNames> bySource = new HashMap<>();
  private final KnownNames ofAll;

  private StatusGroups(OrderStatuses statuses) {
    statuses.sources().forEach((source, words) -> bySource.put(source, KnownNames.of(words)));
    ofAll = KnownNames.of(statuses.words());
  }

  public static StatusGroups of(Rules rules) {
    return new StatusGroups(rules.orderStatuses());
  }

  /**
   * placed, paid, shipped, delivered, cancelled, returned, failed, or {@link
   * OrderStatuses#UNMAPPED} for a word that the rules do not know.
   *
   * @param source the system that reported the order
   * @param status its word; null or blank has no group
   */
  public @Nullable String of(@Nullable String source, @Nullable String status) {
    if (status == null || status.isBlank()) {
      return null;
    }
    KnownNames own = source == null ? null : bySource.get(source);
    String group = own == null ? null : own.find(status);
    if (group == null) {
      group = ofAll.find(status);
    }
    return group == null ? OrderStatuses.UNMAPPED : group;
  }
}
