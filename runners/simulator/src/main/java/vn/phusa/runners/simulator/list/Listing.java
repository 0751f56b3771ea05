package vn.phusa.runners.simulator.list;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import vn.phusa.runners.simulator.fault.FaultKind;
import vn.phusa.runners.simulator.state.Kind;
import vn.phusa.runners.simulator.state.PlatformState;

/** The lists of a platform, cut into pages, with what faults do to them. */
public final class Listing {
  private static final int REMEMBERED = 32;

  /** A change of a list that a fault made: rows given twice, or two pages in each other's place. */
  private record Twist(FaultKind kind, int offset, int size) {}

  private record Rows(long now, long version, List<Integer> rows) {}

  private final PlatformState state;
  private final Map<String, List<Twist>> twists = new ConcurrentHashMap<>();
  private final Map<String, Rows> cache =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Rows> eldest) {
          return size() > REMEMBERED;
        }
      };

  public Listing(PlatformState state) {
    this.state = state;
  }

  /**
   * A page of a list.
   *
   * @param fault what happens to it, or null
   */
  public ListPage page(ListQuery query, int offset, int size, FaultKind fault) {
    if (offset > 0 && fault == FaultKind.DUPLICATE_PAGE) {
      // The rows before this page come once more, as when others were put in front of the list.
      twist(query, new Twist(fault, offset, Math.min(size, offset)));
    } else if (fault == FaultKind.REORDERED_PAGES) {
      twist(query, new Twist(fault, offset, size));
    }
    List<Integer> rows = twisted(query);
    int from = Math.min(Math.max(0, offset), rows.size());
    int to = (int) Math.min((long) from + size, rows.size());
    List<Integer> page = new ArrayList<>(rows.subList(from, to));
    if (fault == FaultKind.REORDERED_ROWS) {
      Collections.shuffle(page, new Random(offset));
    } else if (fault == FaultKind.CHANGED_RECORD && !page.isEmpty()) {
      int row = page.get(page.size() / 2);
      state.touchLater(query.kind(), row < 0 ? ~row : row);
    }
    return new ListPage(page, rows.size(), to);
  }

  private void twist(ListQuery query, Twist twist) {
    twists
        .computeIfAbsent(query.key(), key -> Collections.synchronizedList(new ArrayList<>()))
        .add(twist);
  }

  private List<Integer> twisted(ListQuery query) {
    List<Integer> rows = rows(query);
    List<Twist> found = twists.get(query.key());
    if (found == null) {
      return rows;
    }
    List<Integer> twisted = new ArrayList<>(rows);
    synchronized (found) {
      for (Twist twist : found) {
        apply(twist, twisted);
      }
    }
    return twisted;
  }

  private static void apply(Twist twist, List<Integer> rows) {
    int at = Math.min(twist.offset(), rows.size());
    if (twist.kind() == FaultKind.DUPLICATE_PAGE) {
      rows.addAll(at, List.copyOf(rows.subList(Math.max(0, at - twist.size()), at)));
      return;
    }
    int middle = Math.min(at + twist.size(), rows.size());
    int end = Math.min(middle + twist.size(), rows.size());
    Collections.rotate(rows.subList(at, end), end - middle);
  }

  private List<Integer> rows(ListQuery query) {
    long now = state.now();
    long version = state.version(query.kind());
    synchronized (cache) {
      Rows known = cache.get(query.key());
      if (known != null && known.now() == now && known.version() == version) {
        return known.rows();
      }
      List<Integer> rows = select(query, now);
      cache.put(query.key(), new Rows(now, version, rows));
      return rows;
    }
  }

  private List<Integer> select(ListQuery query, long now) {
    int count = state.count(query.kind(), now);
    List<Integer> rows = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      long time =
          query.byUpdate()
              ? state.updated(query.kind(), number, now)
              : state.created(query.kind(), number);
      if (time >= query.from() && time <= query.to() && query.filter().test(number)) {
        rows.add(number);
        if (query.kind() == Kind.PRODUCT && state.repeated(number)) {
          rows.add(~number);
        }
      }
    }
    sort(query, rows, now);
    return Collections.unmodifiableList(rows);
  }

  private void sort(ListQuery query, List<Integer> rows, long now) {
    Comparator<Integer> byUpdate =
        Comparator.comparingLong(row -> state.updated(query.kind(), row < 0 ? ~row : row, now));
    switch (query.order()) {
      case NUMBER -> {}
      case NUMBER_DOWN -> Collections.reverse(rows);
      case UPDATED -> rows.sort(byUpdate);
      case UPDATED_DOWN -> rows.sort(byUpdate.reversed());
    }
  }
}
