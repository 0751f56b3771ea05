package vn.phusa.options.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            "--warehouseUrl: the warehouse's tables are in the schema public;"
                + " leave out currentSchema");
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

  private static DatabaseAddress address(String url) {
    return new DatabaseAddress("operational database", "oltpUrl", url, null, null);
  }
}
