package vn.phusa.transforms.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;

class OrderAuthoritiesTest {

  @Test
  void theOperationalDatabaseIsBelievedUnlessTheRulesSayOtherwise() {
    assertThat(Rules.defaults().orderAuthorities().of("Tiki")).isEqualTo("oltp");
    assertThat(Rules.defaults().orderAuthorities().of(null)).isEqualTo("oltp");

    OrderAuthorities changed =
        Rules.load(new StringReader("orderAuthorities: {platforms: {Tiki: tiki}}"))
            .orderAuthorities();
    assertThat(changed.of("Tiki")).isEqualTo("tiki");
    assertThat(changed.of("Sendo")).isEqualTo("oltp");
    assertThat(
            Rules.load(new StringReader("orderAuthorities: {fallback: shopee}"))
                .orderAuthorities()
                .of(null))
        .isEqualTo("shopee");
  }

  @Test
  void aMissingFallbackIsReported() {
    assertThatThrownBy(() -> Rules.load(new StringReader("orderAuthorities: {fallback: null}")))
        .isInstanceOf(RulesException.class)
        .hasMessageContaining("orderAuthorities.fallback");
  }
}
