package vn.phusa.runners.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vn.phusa.options.address.SecretReference;

class SimulatorFileTest {
  @TempDir Path folder;

  @Test
  void itLeadsToTheSimulatorByReferencesAlone() throws Exception {
    Path credentials = folder.resolve("it's lazada.credentials");
    Files.writeString(credentials, "app_key=42\napp_secret=hunter2\nrefresh_token=once\n");

    Path file =
        SimulatorFile.write(
            folder.resolve("marketplaces.yaml"),
            List.of(
                new SimulatorFile.Platform("lazada", "http://127.0.0.1:5", credentials),
                new SimulatorFile.Platform("tiki", "http://127.0.0.1:6", credentials)),
            List.of(new SimulatorFile.Feed("fptshop", folder + "/fptshop*")));

    assertThat(Files.readString(file)).doesNotContain("hunter2");
    JsonNode yaml = new YAMLMapper().readTree(file.toFile());
    JsonNode lazada = yaml.at("/marketplaces/lazada");
    assertThat(lazada.get("baseUrl").textValue()).isEqualTo("http://127.0.0.1:5/rest");
    assertThat(secret(lazada, "appSecret")).isEqualTo("hunter2");
    assertThat(secret(lazada, "refreshToken")).isEqualTo("once");
    JsonNode tiki = yaml.at("/marketplaces/tiki");
    assertThat(tiki.get("baseUrl").textValue()).isEqualTo("http://127.0.0.1:6/integration");
    assertThat(tiki.get("tokenUrl").textValue()).isEqualTo("http://127.0.0.1:6");
    assertThat(yaml.at("/feeds/fptshop/files").textValue()).isEqualTo(folder + "/fptshop*");
  }

  private static String secret(JsonNode platform, String name) {
    String reference = platform.at("/auth/credentials/" + name).textValue();
    return SecretReference.parse(name, reference).resolve();
  }
}
