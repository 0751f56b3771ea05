package vn.phusa.pipelines.io.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.model.StagedRecord;

/** Documents of staging, also those that somebody else wrote. */
class StagedDocumentsTest {
  private static final StagedRecord RECORD =
      StagedRecord.create("tiki", "product", "7:8", 1_740_000_000_001_000L, 2_000L, "run", "{}");

  @Test
  void aDocumentIsTheRecordThatItWasMadeOf() throws RejectedException {
    assertThat(StagedDocuments.record(StagedDocuments.of(RECORD))).isEqualTo(RECORD);
  }

  @Test
  void whatARecordCanDoWithoutMayBeMissingOrOdd() throws RejectedException {
    Document document = StagedDocuments.of(RECORD).append("_id", "7").append("updated_at", "today");
    document.remove("run_id");
    StagedRecord record = StagedDocuments.record(document);
    assertThat(record.getKind()).isEmpty();
    assertThat(record.getUpdatedMicros()).isNull();
    assertThat(record.getId()).isEqualTo("7:8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"_id", "platform", "id", "extracted_at", "payload"})
  void whatItCannotDoWithoutIsNamed(String field) {
    Document document = StagedDocuments.of(RECORD);
    Object odd = field.equals("extracted_at") ? "secret" : new Date();
    for (Object value : new Object[] {null, odd}) {
      assertThatThrownBy(() -> StagedDocuments.record(document.append(field, value)))
          .isInstanceOf(RejectedException.class)
          .hasMessage("the staged document has no " + field + " of the right type");
    }
  }
}
