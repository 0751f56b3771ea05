package vn.phusa.pipelines.io.marketplace.paging;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;

/**
 * Notices a platform that gives the same page whatever page it is asked for: such a list would
 * never end, or end as if it had been read.
 */
public final class RepeatedPageGuard {
  /** One that is given twice may be a mistake of the moment. */
  private static final int MAX_TIMES = 10;

  private final String platform;
  private Set<String> last = Set.of();
  private int times;

  public RepeatedPageGuard(String platform) {
    this.platform = platform;
  }

  /** Before the first page of a list. */
  public void begin() {
    last = Set.of();
    times = 0;
  }

  /**
   * Checks the next page.
   *
   * @throws MarketplaceException if it has the records of each of the pages before
   */
  public void check(List<ListedRecord> page) {
    Set<String> ids =
        page.stream().map(RepeatedPageGuard::id).collect(Collectors.toUnmodifiableSet());
    times = !ids.isEmpty() && ids.equals(last) ? times + 1 : 1;
    last = ids;
    if (times > MAX_TIMES) {
      throw MarketplaceException.lasting(
          platform + ": it gives the same records for one page after the other");
    }
  }

  private static String id(ListedRecord record) {
    return record.id() == null ? record.piece().text() : record.id();
  }
}
