package vn.phusa.runners.embedded.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import vn.phusa.runners.embedded.login.SecretFile;

/** Keys and certificates in files that only their owner may read. */
final class SecretStore {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private SecretStore() {}

  static void write(Path file, KeyStore store, char[] password) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try {
      store.store(bytes, password);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write " + file, e);
    }
    SecretFile.write(file, bytes.toByteArray());
  }

  static void write(Path file, List<X509Certificate> certificates) throws IOException {
    var text = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot write " + file, e);
    }
    SecretFile.write(file, text.toString());
  }

  static void write(Path file, Key key) throws IOException {
    SecretFile.write(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN "
        + type
        + "-----\n"
        + LINES.encodeToString(content)
        + "\n-----END "
        + type
        + "-----\n";
  }
}
