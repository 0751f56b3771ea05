package vn.phusa.runners.bench.byhand;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import vn.phusa.transforms.errors.DeadLetterJson;
import vn.phusa.transforms.model.RealtimeSale;
import vn.phusa.transforms.model.RealtimeSaleJson;

/** Parts what goes to the database, to sales_processed and to the dead letters. */
final class SplitFn extends ProcessFunction<SaleOrDeadLetter, SaleRow> {
  private static final long serialVersionUID = 1L;

  private static final TupleTypeInfo<Tuple2<byte[], byte[]>> KEY_AND_VALUE =
      new TupleTypeInfo<>(
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO,
          PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  static final OutputTag<Tuple2<byte[], byte[]>> PROCESSED =
      new OutputTag<>("processed", KEY_AND_VALUE);
  static final OutputTag<Tuple2<byte[], byte[]>> DEAD_LETTERS =
      new OutputTag<>("dead-letters", KEY_AND_VALUE);

  @Override
  public void processElement(SaleOrDeadLetter event, Context context, Collector<SaleRow> out) {
    RealtimeSale sale = event.sale();
    if (sale == null) {
      context.output(
          DEAD_LETTERS,
          Tuple2.of(
              utf8(event.deadLetter().getId()),
              DeadLetterJson.write(event.deadLetter(), Instant.now())));
      return;
    }
    out.collect(new SaleRow(sale));
    context.output(PROCESSED, Tuple2.of(utf8(sale.getOrderId()), utf8(RealtimeSaleJson.of(sale))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
