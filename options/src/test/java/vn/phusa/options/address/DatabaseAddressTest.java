package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.options.InvalidOptionException;

class DatabaseAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:hunter2@h:5432/d",
        "jdbc:postgresql://u@h/d",
        "jdbc:postgresql://h/d?password=hunter2",
        "jdbc:postgresql://h/d?ssl=true&Password=hunter2",
        "jdbc:postgresql://h/d?sslpassword=hunter2"
      })
  void aPasswordInTheUrlIsRefusedWithoutBeingShown(String url) {
    assertThatThrownBy(() -> address(url))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageStartingWith("--oltpUrl: ")
        .hasMessageContaining("give --oltpPassword")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h/d",
        "jdbc:postgresql://a:1,b:2/d?targetServerType=primary",
        "jdbc:postgresql://h/d?user=u&sslmode=verify-full&sslrootcert=/etc/ca.pem"
      })
  void driverSettingsPassThrough(String url) {
    assertThat(address(url).url()).isEqualTo(url);
  }

  @Test
  void anotherSchemaOfTheWarehouseIsRefused() {
    String url = "jdbc:postgresql://h/d?ssl=true&currentSchema=dw";
    assertThat(address(url).url()).as("a shop's tables may be anywhere").isEqualTo(url);
    assertThatThrownBy(() -> new DatabaseAddress("warehouse", "warehouseUrl", url, null, null))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "--warehouseUrl: leave out currentSchema;"
                + " the warehouse's schema is given by --warehouseSchema");
  }

  @Test
  void theWarehousesSchemaIsPublicUnlessTheOptionNamesAnother() {
    assertThat(warehouse().schema()).isEqualTo(SchemaName.PUBLIC);
    assertThat(warehouse("--warehouseSchema=Dw_2").schema().quoted()).isEqualTo("\"Dw_2\"");
    assertThat(warehouse("--warehouseSchema=user").schema().qualified("t"))
        .as("a word that SQL keeps for itself")
        .isEqualTo("\"user\".t");
    assertThat(warehouse("--warehouseSchema=" + "s".repeat(63)).schema().name()).hasSize(63);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d w",
        "dw;drop",
        "dw\"",
        "dw.t",
        "2dw",
        "d\u00e2n",
        "dw\n",
        "pg_catalog",
        "PG_temp",
        "information_schema"
      })
  void aSchemaThatIsNoPlainNameOrTheSystemsIsRefused(String name) {
    for (String url : List.of("--warehouseUrl=jdbc:postgresql://h/d", "--oltpUrl=")) {
      assertThatThrownBy(
              () ->
                  DatabaseAddress.warehouse(
                      PipelineOptionsFactory.fromArgs(url, "--warehouseSchema=" + name).create()))
          .isInstanceOf(InvalidOptionException.class)
          .message()
          .startsWith("--warehouseSchema: ")
          .hasLineCount(1);
    }
  }

  @Test
  void aSchemaWhoseNameWouldBeCutOffIsRefused() {
    assertThatThrownBy(() -> new SchemaName("s".repeat(64)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("63 at most");
  }

  @Test
  void anotherKindOfUrlIsRefused() {
    assertThatThrownBy(() -> address("postgres://h/d"))
        .hasMessage("--oltpUrl: jdbc:postgresql://host:port/database expected");
  }

  @Test
  void aServiceThatIsNotNamedIsEmptyButItsPasswordIsStillChecked() {
    assertThat(DatabaseAddress.warehouse(PipelineOptionsFactory.create())).isEmpty();
    assertThatThrownBy(
            () ->
                DatabaseAddress.warehouse(
                    PipelineOptionsFactory.fromArgs("--warehousePassword=hunter2").create()))
        .isInstanceOf(InvalidOptionException.class);
  }

  private static DatabaseAddress warehouse(String... more) {
    return DatabaseAddress.warehouse(
            PipelineOptionsFactory.fromArgs(
                    Stream.concat(
                            Stream.of("--warehouseUrl=jdbc:postgresql://h/d"), Stream.of(more))
                        .toArray(String[]::new))
                .create())
        .orElseThrow();
  }

  private static DatabaseAddress address(String url) {
    return new DatabaseAddress("operational database", "oltpUrl", url, null, null);
  }
}
