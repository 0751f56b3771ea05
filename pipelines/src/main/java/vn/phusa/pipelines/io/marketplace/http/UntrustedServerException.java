package vn.phusa.pipelines.io.marketplace.http;

import java.io.IOException;

/** There is no connection that can be trusted. The message is one line for a person. */
public final class UntrustedServerException extends IOException {
  private static final long serialVersionUID = 1L;

  UntrustedServerException(String why) {
    super(why);
  }
}
