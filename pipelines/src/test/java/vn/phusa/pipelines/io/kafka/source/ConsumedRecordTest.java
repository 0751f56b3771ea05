package vn.phusa.pipelines.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumedRecordTest {

  /** Among them a producer that says nanoseconds. */
  @ParameterizedTest
  @CsvSource({
    "1751284800123, 1751284800123000",
    "0, 0",
    "-1, -1",
    "1751284800123000000, 9223372036854775807",
    "9223372036854775807, 9223372036854775807"
  })
  void aTimeBeyondMicrosecondsStaysInTheFuture(long millis, long micros) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "sales_events",
            0,
            1,
            millis,
            TimestampType.CREATE_TIME,
            0,
            0,
            null,
            new byte[0],
            new RecordHeaders(),
            Optional.empty());
    assertThat(ConsumedRecord.of(record).getTimestampMicros()).isEqualTo(micros);
  }
}
