package vn.phusa.pipelines.io.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.address.TrustedAuthorities;
import vn.phusa.runners.embedded.tls.PrivateAuthority;

class TrustTest {
  @TempDir Path folder;

  @Test
  void authoritiesOfTheFileAreTrustedBesideThoseOfTheJdk() throws Exception {
    PrivateAuthority one = PrivateAuthority.create("one");
    PrivateAuthority other = PrivateAuthority.create("other");
    Path both = folder.resolve("both.pem");
    one.writeCertificate(folder.resolve("one.pem"));
    other.writeCertificate(folder.resolve("other.pem"));
    Files.writeString(
        both,
        "# of the house\n"
            + Files.readString(folder.resolve("one.pem"))
            + Files.readString(folder.resolve("other.pem")));

    assertThat(Trust.certificates(new TrustedAuthorities(both.toString())))
        .contains(one.certificate(), other.certificate())
        .containsAll(Trust.certificates(TrustedAuthorities.OF_JDK));
    assertThat(Trust.certificates(TrustedAuthorities.OF_JDK)).isNotEmpty();
  }

  @Test
  void aFileThatWasChangedCountsAnew() throws Exception {
    PrivateAuthority old = PrivateAuthority.create("old");
    PrivateAuthority renewed = PrivateAuthority.create("renewed");
    Path file = folder.resolve("ca.pem");
    old.writeCertificate(file);
    TrustedAuthorities authorities = new TrustedAuthorities(file.toString());
    assertThat(Trust.certificates(authorities)).contains(old.certificate());

    renewed.writeCertificate(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

    assertThat(Trust.certificates(authorities))
        .contains(renewed.certificate())
        .doesNotContain(old.certificate());
  }

  @Test
  void aFileThatIsNoneIsNamedWithItsOption() throws Exception {
    Path missing = folder.resolve("missing.pem");
    assertRefused(missing, "there is no file " + missing);
    assertRefused(folder, "the file " + folder + " cannot be read");
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertRefused(empty, "the file " + empty + " is no file of certificates in PEM");
    Path text = Files.writeString(folder.resolve("text.pem"), "hunter2\n");
    assertRefused(text, "the file " + text + " is no file of certificates in PEM");
    Path broken =
        Files.writeString(
            folder.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertRefused(broken, "the file " + broken + " is no file of certificates in PEM");
    Path key = folder.resolve("key.pem");
    PrivateAuthority.create("x").issue("y").writePem(folder.resolve("chain.pem"), key);
    assertThatThrownBy(() -> Trust.check(new TrustedAuthorities(key.toString())))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--tlsCaFile: the file " + key + " is no file of certificates in PEM");
  }

  private static void assertRefused(Path file, String problem) {
    assertThatThrownBy(() -> Trust.check(new TrustedAuthorities(file.toString())))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("--tlsCaFile: " + problem);
  }
}
