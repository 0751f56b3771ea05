package vn.phusa.runners.simulator.fault;

/** What can go wrong with one answer. */
public enum FaultKind {
  /** HTTP 429 with Retry-After in seconds. */
  TOO_MANY_REQUESTS_SECONDS,
  /** HTTP 429 with Retry-After as a date. */
  TOO_MANY_REQUESTS_DATE,
  /** HTTP 429 without Retry-After. */
  TOO_MANY_REQUESTS_PLAIN,
  /** The platform's own answer to too many requests, in HTTP 200 where its contract says so. */
  PLATFORM_RATE_LIMIT,
  /** HTTP 500, 502 or 503 with a page of HTML. */
  SERVER_ERROR,
  /** The platform's own answer to an error of its own. */
  PLATFORM_ERROR,
  /** The answer comes late. */
  SLOW,
  /** The connection is closed without an answer; the request was not looked at. */
  CUT_BEFORE,
  /** The connection is closed in the middle of the body. */
  CUT,
  /** The body is half of the JSON text, and its length says so. */
  TRUNCATED,
  /** A page is followed by the same page again; what comes after is moved on, nothing is lost. */
  DUPLICATE_PAGE,
  /** The rows of a page come in another order. */
  REORDERED_ROWS,
  /** A page and the one after it change their places for good. */
  REORDERED_PAGES,
  /** After a page was answered, one of its records changes. */
  CHANGED_RECORD;

  /** Whether it happens to pages of lists alone. */
  public boolean ofPages() {
    return compareTo(DUPLICATE_PAGE) >= 0;
  }

  /** Whether the request is looked at all the same, so that what it changes is changed. */
  public boolean afterwards() {
    return this == CUT || this == TRUNCATED;
  }
}
