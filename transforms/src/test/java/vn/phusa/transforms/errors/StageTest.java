package vn.phusa.transforms.errors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StageTest {

  @Test
  void aStoredStageIsTheStageThatWroteIt() {
    assertThat(Stage.stored("write-dim_customer")).isEqualTo(Stage.write("dim_customer"));
    assertThat(Stage.stored("cleanse-sales")).isEqualTo(Stage.CLEANSE_SALES);
    assertThat(Stage.stored("decode-cdc-orders")).isEqualTo(Stage.decodeChanges("orders"));
  }

  @Test
  void onlyDecodingRejectsBytes() {
    assertThat(Stage.DECODE_SALES.isDecoding()).isTrue();
    assertThat(Stage.stored("decode-cdc-orders").isDecoding()).isTrue();
    assertThat(Stage.MAP_STAGED.isDecoding()).isFalse();
  }

  @Test
  void aReasonOfADatabaseNamesItsState() {
    assertThat(Reason.refusedByDatabase("22003").word()).isEqualTo("refused_22003");
  }
}
