package vn.phusa.pipelines.io.staging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import org.junit.jupiter.api.Test;
import vn.phusa.options.address.MongoAddress;

class StagingTest {
  @Test
  void tokensAndCursorsAreThoseOfThePrimaryWhateverTheUriSays() {
    String uri = "mongodb://127.0.0.1:1/?readPreference=secondaryPreferred&w=1&journal=false";
    try (Staging staging =
        Staging.open(new MongoAddress("staging database", "stagingUri", uri, null, null))) {
      assertThat(staging.memory("extract_token").getReadPreference())
          .isEqualTo(ReadPreference.primary());
      assertThat(staging.memory("extract_token").getWriteConcern())
          .isEqualTo(WriteConcern.MAJORITY.withJournal(true));
    }
  }
}
