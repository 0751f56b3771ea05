package vn.phusa.options.address;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.TlsOptions;

/**
 * How one service is spoken to.
 *
 * @param authorities whom its client trusts
 * @param allowsPlainText whether it may get a login beyond loopback without verified TLS
 */
public record ServiceTls(TrustedAuthorities authorities, boolean allowsPlainText)
    implements Serializable {
  /** The option that allows it, without dashes. */
  public static final String OPTION = "allowPlainText";

  /** As it is where no option says otherwise. */
  public static final ServiceTls DEFAULT = new ServiceTls(TrustedAuthorities.OF_JDK, false);

  private static final List<String> SERVICES =
      List.of("oltp", "warehouse", "staging", "kafka", "redis");

  /**
   * What the options say of a service.
   *
   * @param service its name in --allowPlainText
   * @throws InvalidOptionException if --allowPlainText names a service that is none
   */
  public static ServiceTls of(PipelineOptions options, String service) {
    return new ServiceTls(TrustedAuthorities.of(options), allowed(options).contains(service));
  }

  private static Set<String> allowed(PipelineOptions options) {
    String given = options.as(TlsOptions.class).getAllowPlainText();
    if (given == null) {
      return Set.of();
    }
    Set<String> names =
        Arrays.stream(given.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    if (!SERVICES.containsAll(names)) {
      throw new InvalidOptionException(
          OPTION, "one or more of " + String.join(",", SERVICES) + " expected");
    }
    return names;
  }

  /**
   * Refuses a login that others on the way could read.
   *
   * @param service its name in --allowPlainText
   * @param option the option that names the address, without dashes
   * @param problem what is wrong, and how it is mended, as it follows "--option: "
   * @throws InvalidOptionException unless it is allowed for the service
   */
  public void refusePlainText(String service, String option, String problem) {
    if (!allowsPlainText) {
      throw new InvalidOptionException(
          option, problem + ", or allow it by --" + OPTION + "=" + service);
    }
  }
}
