package vn.phusa.runners.simulator.http;

/** What one platform answers. */
public interface PlatformContract {

  /** Whether the path gives tokens. */
  boolean givesTokens(String path);

  /** Whether the path answers pages of a list. */
  boolean givesPages(String path);

  /** The answer by the contract, be it a refusal. */
  ApiAnswer answer(ApiRequest request);

  /** The answer to one request too many. */
  ApiAnswer limited(long waitMillis);

  /** The answer when the day's requests are used up. */
  ApiAnswer exhausted(long waitMillis);

  /** The answer when the platform itself fails. */
  ApiAnswer failed();
}
