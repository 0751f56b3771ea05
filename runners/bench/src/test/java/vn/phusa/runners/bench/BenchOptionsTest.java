package vn.phusa.runners.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.runners.bench.extract.ExtractBenchOptions;
import vn.phusa.runners.bench.stream.StreamBenchOptions;

/** Beam finds a getter without its setter only when a benchmark begins. */
class BenchOptionsTest {

  @ParameterizedTest
  @ValueSource(classes = {BenchOptions.class, StreamBenchOptions.class, ExtractBenchOptions.class})
  void everyBenchmarkCanReadItsOptions(Class<? extends PipelineOptions> options) {
    assertThat(PipelineOptionsFactory.fromArgs().as(options)).isNotNull();
  }
}
