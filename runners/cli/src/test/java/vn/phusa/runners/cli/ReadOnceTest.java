package vn.phusa.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOnceTest {
  private final List<String> asked = new ArrayList<>();
  private final ReadOnce<String> files =
      new ReadOnce<>(
          file -> {
            asked.add(file);
            if ("wrong".equals(file)) {
              throw new IllegalArgumentException(file);
            }
            return file + " " + asked.size();
          });

  @Test
  void eachFileIsReadOnce() {
    assertThat(files.of(null)).isEqualTo("null 1");
    assertThat(files.of("a")).isEqualTo("a 2");
    assertThat(files.of("a")).isEqualTo("a 2");
    assertThat(files.of(null)).isEqualTo("null 1");
    assertThat(asked).containsExactly(null, "a");
  }

  @Test
  void whatIsWrongIsSaidEachTime() {
    assertThatThrownBy(() -> files.of("wrong")).hasMessage("wrong");
    assertThatThrownBy(() -> files.of("wrong")).hasMessage("wrong");
  }
}
