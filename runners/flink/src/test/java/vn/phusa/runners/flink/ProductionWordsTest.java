package vn.phusa.runners.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductionWordsTest {
  private static final Path JAR = Path.of("/opt/phusa.jar");

  @Test
  void flinkRunChoosesTheCluster() {
    assertThat(of("load-facts", "--oltpUrl=x").completed(JAR))
        .containsExactly(
            "load-facts", "--oltpUrl=x", "--runner=FlinkRunner", "--flinkMaster=[auto]");
  }

  @Test
  void aClusterThatIsGivenByItsAddressGetsThisJarAlone() {
    assertThat(of("load-facts", "--flinkMaster=10.0.0.1:8081").completed(JAR))
        .contains("--filesToStage=/opt/phusa.jar")
        .doesNotContain("--flinkMaster=[auto]");
  }

  @Test
  void whatIsSaidStays() {
    List<String> said =
        List.of("status", "--runner=DirectRunner", "--flinkMaster=h:1", "--filesToStage=/a.jar");
    assertThat(new ProductionArguments(said).completed(JAR)).isEqualTo(said);
  }

  @Test
  void helpNeedsNoCluster() {
    assertThat(of("help", "load-facts").completed(JAR)).containsExactly("help", "load-facts");
    assertThat(of().completed(JAR)).isEmpty();
  }

  @Test
  void embeddedServicesAreRefusedByTheJarThatLacksThem() {
    assertThat(of("demo").refusal()).hasValueSatisfying(why -> assertThat(why).contains("demo"));
    assertThat(of("run", "--embedded").refusal())
        .hasValueSatisfying(why -> assertThat(why).contains("--embedded is not available"));
    assertThat(of("run", "--embedded=TRUE").refusal()).isPresent();
    assertThat(of("run", "--embedded=false").refusal()).isEmpty();
    assertThat(of("run").refusal()).isEmpty();
    assertThat(of().refusal()).isEmpty();
  }

  private static ProductionArguments of(String... arguments) {
    return new ProductionArguments(List.of(arguments));
  }
}
