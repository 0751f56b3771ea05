package vn.phusa.runners.flink.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import vn.phusa.runners.embedded.home.Loopback;
import vn.phusa.runners.embedded.login.SecretFile;
import vn.phusa.runners.embedded.tls.PrivateAuthority;

/**
 * The keys and certificates of one local cluster, which only its owner may read. One authority
 * vouches for its processes among themselves, another for its REST interface and those who may use
 * it; whoever has no certificate of theirs is not let in.
 *
 * @param folder where they lie
 */
record ClusterKeys(Path folder) {
  /** Flink's own default needs RSA keys, and gives no forward secrecy. */
  private static final String ALGORITHMS =
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

  private static final String PROTOCOL = "TLSv1.2";
  private static final String INTERNAL = "internal";
  private static final String REST = "rest";
  private static final String TYPE = "PKCS12";

  /** Makes new ones in place of what is there. */
  void make() throws IOException {
    char[] password = password().toCharArray();
    for (String part : new String[] {INTERNAL, REST}) {
      PrivateAuthority authority = PrivateAuthority.create("phusa flink " + part);
      authority.issue(part, Loopback.HOST, "localhost").writeKeyStore(keys(part), password);
      authority.writeTrustStore(trusted(part), password);
    }
  }

  /** Whether there are some. */
  boolean areThere() {
    return Files.exists(trusted(REST));
  }

  /** Flink's settings that demand a certificate of everybody, with the password of the keys. */
  Map<String, String> settings() throws IOException {
    String password = password();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("security.ssl.protocol", PROTOCOL);
    settings.put("security.ssl.algorithms", ALGORITHMS);
    settings.put("security.ssl.rest.authentication-enabled", "true");
    for (String part : new String[] {INTERNAL, REST}) {
      String prefix = "security.ssl." + part + ".";
      settings.put(prefix + "enabled", "true");
      settings.put(prefix + "keystore", keys(part).toString());
      settings.put(prefix + "keystore-password", password);
      settings.put(prefix + "key-password", password);
      settings.put(prefix + "truststore", trusted(part).toString());
      settings.put(prefix + "truststore-password", password);
    }
    return settings;
  }

  /** What a client of the REST interface shows and trusts. */
  SSLContext client() throws IOException {
    char[] password = password().toCharArray();
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store(keys(REST), password), password);
      TrustManagerFactory trusted =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(store(trusted(REST), password));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the keys in " + folder + " cannot be used", e);
    }
  }

  private static KeyStore store(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return store;
  }

  private String password() throws IOException {
    return SecretFile.password(folder.resolve("password"));
  }

  private Path keys(String part) {
    return folder.resolve(part + ".p12");
  }

  private Path trusted(String part) {
    return folder.resolve(part + "-trusted.p12");
  }
}
