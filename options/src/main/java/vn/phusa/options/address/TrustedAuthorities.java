package vn.phusa.options.address;

import java.io.Serializable;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;
import vn.phusa.options.TlsOptions;

/**
 * Whom TLS clients trust: the JDK's own authorities, and those of a file beside them. Only the path
 * travels; the file is read where it is used.
 *
 * @param file an absolute path of a PEM file; null: the JDK's own authorities alone
 */
public record TrustedAuthorities(String file) implements Serializable {
  /** The option that names the file, without dashes. */
  public static final String OPTION = "tlsCaFile";

  /** The JDK's own authorities. */
  public static final TrustedAuthorities OF_JDK = new TrustedAuthorities(null);

  /** Those that the options name; whether the file can be used is not checked. */
  public static TrustedAuthorities of(PipelineOptions options) {
    String file = options.as(TlsOptions.class).getTlsCaFile();
    return file == null
        ? OF_JDK
        : new TrustedAuthorities(Path.of(file).toAbsolutePath().normalize().toString());
  }
}
