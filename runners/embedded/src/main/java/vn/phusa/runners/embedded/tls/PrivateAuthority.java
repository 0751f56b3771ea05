package vn.phusa.runners.embedded.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of one process or one home. Its key lives in memory only: who needs
 * another certificate later makes another authority.
 */
public final class PrivateAuthority {
  /** Certificates begin a day ago, so that a clock that lags accepts them. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final Duration LIFETIME = Duration.ofDays(3650);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 120;

  private final PrivateKey key;
  private final X509Certificate certificate;

  private PrivateAuthority(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * Makes an authority with a new key (P-256) whose certificate is valid for ten years.
   *
   * @param name its common name, without characters that X.500 quotes
   */
  public static PrivateAuthority create(String name) {
    Instant now = Instant.now();
    KeyPair keys = newKeys();
    X500Principal self = principal(name);
    try {
      X509v3CertificateBuilder builder =
          builder(self, self, keys, now.minus(BACKDATED), now.plus(LIFETIME));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new PrivateAuthority(keys.getPrivate(), sign(builder, keys.getPrivate()));
    } catch (CertIOException e) {
      throw new IllegalStateException("cannot make a certificate authority", e);
    }
  }

  /**
   * Issues a certificate for servers and clients, with a key of its own, valid for ten years.
   *
   * @param commonName who it is for
   * @param names DNS names and IP addresses under which the server is reached
   */
  public IssuedCertificate issue(String commonName, String... names) {
    Instant now = Instant.now();
    return issueValid(now.minus(BACKDATED), now.plus(LIFETIME), commonName, names);
  }

  /** Like {@link #issue}, valid from one instant until another, in the past for an expired one. */
  public IssuedCertificate issueValid(
      Instant from, Instant until, String commonName, String... names) {
    KeyPair keys = newKeys();
    try {
      X509v3CertificateBuilder builder =
          builder(certificate.getSubjectX500Principal(), principal(commonName), keys, from, until);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      if (names.length > 0) {
        GeneralName[] alternatives =
            Stream.of(names).map(PrivateAuthority::alternative).toArray(GeneralName[]::new);
        builder.addExtension(
            Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
      }
      return new IssuedCertificate(keys.getPrivate(), List.of(sign(builder, key), certificate));
    } catch (CertIOException e) {
      throw new IllegalStateException("cannot issue a certificate for " + commonName, e);
    }
  }

  /** The authority's own certificate: what others have to trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Writes the authority's certificate as PEM, for instance for {@code --tlsCaFile}. */
  public void writeCertificate(Path pem) throws IOException {
    SecretStore.write(pem, List.of(certificate));
  }

  /** Writes a PKCS#12 store that trusts this authority and nobody else, with mode 0600. */
  public void writeTrustStore(Path file, char[] password) throws IOException {
    SecretStore.write(file, trustStore(), password);
  }

  /** A store that trusts this authority and nobody else. */
  public KeyStore trustStore() throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", certificate);
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a trust store", e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make P-256 keys", e);
    }
  }

  private static X500Principal principal(String commonName) {
    return new X500Principal("CN=" + commonName);
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, KeyPair keys, Instant from, Instant until) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM),
        Date.from(from),
        Date.from(until),
        subject,
        keys.getPublic());
  }

  private static GeneralName alternative(String name) {
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("cannot sign a certificate", e);
    }
  }
}
