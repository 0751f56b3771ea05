package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.InvalidOptionException;
import vn.phusa.options.WarehouseOptions;

class SecretReferenceTest {
  @TempDir Path folder;

  @Test
  void aFilesTextIsTheSecretWithoutItsLineEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "s3cret word \r\n");

    assertThat(parse("${file:" + file + "}").resolve()).isEqualTo("s3cret word ");
    assertThat(SecretReference.toFile(file).resolve()).isEqualTo("s3cret word ");
  }

  @Test
  void aLineOfAPropertiesFileIsTakenLiterally() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("secrets"), "# all of them\nother=x\nkey = p=a\\ss#w:ord\nkey=second\n");

    assertThat(parse("${file:" + file + ":key}").resolve()).isEqualTo("p=a\\ss#w:ord");
    assertThatThrownBy(() -> parse("${file:" + file + ":none}").resolve())
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessage("${file:" + file + ":none} has no such key in the file");
  }

  @Test
  void theEnvironmentIsReadWhenTheSecretIsUsed() {
    Map.Entry<String, String> any =
        System.getenv().entrySet().stream()
            .filter(e -> e.getKey().matches("[A-Za-z_][A-Za-z0-9_]*"))
            .findAny()
            .orElseThrow();

    assertThat(parse("${env:" + any.getKey() + "}").resolve()).isEqualTo(any.getValue());
    assertThatThrownBy(() -> parse("${env:PHUSA_NO_SUCH_NAME}").resolve())
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessage("${env:PHUSA_NO_SUCH_NAME} is not set in the environment");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> parse("${file:/no/such/file}").resolve())
        .hasMessage("${file:/no/such/file} does not exist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter2", "", "${hunter2}", "${env:}", "${file:relative}", "x${env:A}", "$A"})
  void aSecretWrittenOutIsRefusedWithoutBeingShown(String literal) {
    assertThatThrownBy(() -> parse(literal))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--warehousePassword: a secret is never given literally")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void onlyTheReferenceTravels() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "hunter2");
    SecretReference reference = SecretReference.toFile(file);
    reference.resolve();

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(reference);
    }

    assertThat(reference.toString()).doesNotContain("hunter2");
    assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((SecretReference) in.readObject()).resolve()).isEqualTo("hunter2");
    }
  }

  @Test
  void theOptionsShowTheReferenceOnly() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "hunter2");
    WarehouseOptions options =
        PipelineOptionsFactory.fromArgs(
                "--warehouseUrl=jdbc:postgresql://h/d", "--warehousePassword=${file:" + file + "}")
            .as(WarehouseOptions.class);

    DatabaseAddress address = DatabaseAddress.warehouse(options).orElseThrow();

    assertThat(address.password().resolve()).isEqualTo("hunter2");
    assertThat(options + " " + address).doesNotContain("hunter2").contains("${file:");
  }

  private static SecretReference parse(String text) {
    return SecretReference.parse("warehousePassword", text);
  }
}
