package vn.phusa.pipelines.io.marketplace.feed;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vn.phusa.pipelines.io.marketplace.http.MarketplaceException;
import vn.phusa.pipelines.io.marketplace.spec.FeedLimitException;

/** The files of a feed that could not be read: reported once the others were read. */
final class FeedFailures {
  private static final int MAX_TOLD = 5;

  private final String name;
  private final List<String> problems = new ArrayList<>();
  private boolean isRetryable;

  FeedFailures(String name) {
    this.name = name;
  }

  /** A link that leads out of the feed's folder. */
  void add(Path link) {
    problems.add(
        "the link " + link.getFileName() + " leads out of the feed's folder (followLinks: false)");
  }

  void add(FeedFiles.FeedFile file, IOException failure) {
    String which = "the file " + file.path().getFileName();
    if (failure instanceof CsvRows.NoHeaderException) {
      problems.add("the first line of " + which + " is no header");
    } else if (failure instanceof FeedLimitException) {
      problems.add(which + " " + failure.getMessage());
    } else {
      problems.add(which + " cannot be read to its end");
      // What is cut off may be on its way.
      isRetryable = isRetryable || !(failure instanceof AccessDeniedException);
    }
  }

  /**
   * Ends the extraction if there are any.
   *
   * @throws MarketplaceException that names them; it is retryable if one of them is
   */
  void check() {
    if (problems.isEmpty()) {
      return;
    }
    int more = problems.size() - MAX_TOLD;
    String message =
        name
            + ": "
            + String.join(", ", problems.subList(0, Math.min(MAX_TOLD, problems.size())))
            + (more > 0 ? ", and " + more + " more files" : "");
    throw isRetryable
        ? MarketplaceException.passing(message)
        : MarketplaceException.lasting(message);
  }
}
