package vn.phusa.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * How services are spoken to. {@link vn.phusa.options.address.TrustedAuthorities#of} and {@link
 * vn.phusa.options.address.ServiceTls#of} read and check them.
 */
public interface TlsOptions extends PipelineOptions {

  @Description(
      "A PEM file with certificates of authorities that the clients of all services trust beside"
          + " the JDK's own; on a cluster at the same path on every machine.")
  String getTlsCaFile();

  void setTlsCaFile(String file);

  @Description(
      "Those of oltp, warehouse, staging, kafka and redis that may get a login beyond loopback"
          + " without TLS, or over TLS that does not verify the host, e.g. redis,kafka.")
  String getAllowPlainText();

  void setAllowPlainText(String services);
}
