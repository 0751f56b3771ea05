package vn.phusa.pipelines.io.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.checkerframework.checker.nullness.qual.Nullable;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.TrustedAuthorities;

/**
 * The one place that certificates of servers are judged by: they chain up to one of the JDK's own
 * authorities or to one of --tlsCaFile. The file is read on the machine that connects; a changed
 * one counts for the next connections.
 */
public final class Trust {
  private static final Map<String, Trust> BY_FILE = new ConcurrentHashMap<>();

  private final @Nullable FileTime modified;
  private final List<X509Certificate> certificates;
  private final SSLContext context;

  private Trust(
      @Nullable FileTime modified, List<X509Certificate> certificates, SSLContext context) {
    this.modified = modified;
    this.certificates = List.copyOf(certificates);
    this.context = context;
  }

  /**
   * Whether the file of authorities can be used.
   *
   * @throws InvalidOptionException if not; one line that names --tlsCaFile
   */
  public static void check(TrustedAuthorities authorities) {
    Trust unused = of(authorities);
  }

  /**
   * What TLS connections of clients are made by. It verifies certificates; host names are verified
   * by whoever connects.
   *
   * @throws InvalidOptionException if the file of authorities cannot be used
   */
  public static SSLContext context(TrustedAuthorities authorities) {
    return of(authorities).context;
  }

  /**
   * The authorities' certificates, those of the JDK too.
   *
   * @throws InvalidOptionException if the file of authorities cannot be used
   */
  public static List<X509Certificate> certificates(TrustedAuthorities authorities) {
    return of(authorities).certificates;
  }

  private static Trust of(TrustedAuthorities authorities) {
    if (authorities.file() == null) {
      return OfJdk.TRUST;
    }
    Path file = Path.of(authorities.file());
    FileTime modified = modified(file);
    return BY_FILE.compute(
        authorities.file(),
        (name, known) ->
            known != null && modified.equals(known.modified) ? known : read(file, modified));
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw unusable("there is no file " + file);
    }
  }

  private static Trust read(Path file, FileTime modified) {
    List<X509Certificate> all = new ArrayList<>();
    try {
      byte[] bytes = Files.readAllBytes(file);
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes));
      own.forEach(certificate -> all.add((X509Certificate) certificate));
    } catch (IOException e) {
      throw unusable("the file " + file + " cannot be read");
    } catch (CertificateException e) {
      throw unusable("the file " + file + " is no file of certificates in PEM");
    }
    if (all.isEmpty()) {
      throw unusable("the file " + file + " is no file of certificates in PEM");
    }
    try {
      all.addAll(OfJdk.TRUST.certificates);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate certificate : all) {
        store.setCertificateEntry(Integer.toString(store.size()), certificate);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return new Trust(modified, all, context);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make TLS connections", e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static InvalidOptionException unusable(String problem) {
    return new InvalidOptionException(TrustedAuthorities.OPTION, problem);
  }

  /** Made when first asked for: reading the JDK's authorities takes a while. */
  private static final class OfJdk {
    static final Trust TRUST = read();

    private static Trust read() {
      try {
        List<X509Certificate> certificates = new ArrayList<>();
        for (TrustManager manager : managers(null)) {
          certificates.addAll(List.of(((X509TrustManager) manager).getAcceptedIssuers()));
        }
        return new Trust(null, certificates, SSLContext.getDefault());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM cannot make TLS connections", e);
      }
    }
  }
}
