package vn.phusa.options.address;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts are this machine itself, where nobody is on the way; no name is looked up. */
public final class LoopbackHost {
  private static final Pattern NAME =
      Pattern.compile(
          "localhost|127(\\.\\d{1,3}){3}|::1|(0{1,4}:){7}0{0,3}1", Pattern.CASE_INSENSITIVE);

  private LoopbackHost() {}

  /**
   * Whether it is.
   *
   * @param host a name or address, without a port; an IPv6 address may stand in brackets
   */
  public static boolean is(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    return NAME.matcher(bare.toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Whether all hosts of a list are.
   *
   * @param hosts host or host:port, separated by commas
   */
  public static boolean areAll(String hosts) {
    for (String host : hosts.split(",")) {
      String bare = host.startsWith("[") ? host.replaceFirst("](:\\d*)?$", "]") : withoutPort(host);
      if (!is(bare.strip())) {
        return false;
      }
    }
    return true;
  }

  /** An IPv6 address without brackets has several colons and no port. */
  private static String withoutPort(String host) {
    int colon = host.indexOf(':');
    return colon >= 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
  }
}
