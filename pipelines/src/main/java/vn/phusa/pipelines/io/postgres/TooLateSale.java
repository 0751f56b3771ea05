package vn.phusa.pipelines.io.postgres;

import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Payload;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RefusedException;
import vn.phusa.transforms.model.RealtimeSale;

/** The dead letter of a sale that came after its five-minute window was closed for good. */
final class TooLateSale {
  static final String STAGE = "sales-windows";

  private TooLateSale() {}

  static DeadLetter letterOf(RealtimeSale sale) {
    return DeadLetter.of(
        STAGE,
        sale.getSource(),
        sale.getPosition(),
        new RefusedException(
            Reason.TOO_LATE,
            "it came after the allowed lateness of its five-minute window, which does not count it;"
                + " fact_sales_realtime has it"),
        Payload.of(SaleAsTold.COLUMNS, SaleAsTold.values(sale)));
  }
}
