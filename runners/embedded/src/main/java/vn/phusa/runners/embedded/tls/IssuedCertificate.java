package vn.phusa.runners.embedded.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** A certificate with its private key, for a server or a client. */
public final class IssuedCertificate {
  private final PrivateKey key;
  private final List<X509Certificate> chain;

  IssuedCertificate(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /** The certificate itself, without its authority's. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** The key and its chain in a PKCS#12 store, in memory. */
  public KeyStore keyStore(char[] password) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("key", key, password, chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot make a key store", e);
    }
  }

  /** Writes the key and its chain as a PKCS#12 store with mode 0600. */
  public void writeKeyStore(Path file, char[] password) throws IOException {
    SecretStore.write(file, keyStore(password), password);
  }

  /** Writes the chain and the unencrypted key (PKCS#8) as PEM, both with mode 0600. */
  public void writePem(Path chainFile, Path keyFile) throws IOException {
    SecretStore.write(chainFile, chain);
    SecretStore.write(keyFile, key);
  }
}
