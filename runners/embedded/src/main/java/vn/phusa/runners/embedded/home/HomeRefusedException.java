package vn.phusa.runners.embedded.home;

/** A home that is not ours alone. The message is one line that ends with what mends it. */
public final class HomeRefusedException extends EmbeddedServiceException {
  private static final long serialVersionUID = 1L;

  HomeRefusedException(String message) {
    super(message);
  }
}
