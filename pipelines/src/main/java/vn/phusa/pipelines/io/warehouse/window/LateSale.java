package vn.phusa.pipelines.io.warehouse.window;

import vn.phusa.pipelines.io.warehouse.fact.FactRealtimeSales;
import vn.phusa.transforms.errors.DeadLetter;
import vn.phusa.transforms.errors.Reason;
import vn.phusa.transforms.errors.RejectedException;
import vn.phusa.transforms.errors.Stage;
import vn.phusa.transforms.model.RealtimeSale;

/** The dead letter of a sale that came after its five-minute window was closed for good. */
final class LateSale {

  private LateSale() {}

  static DeadLetter deadLetterOf(RealtimeSale sale) {
    return DeadLetter.of(
        Stage.SALES_WINDOWS,
        sale.getSource(),
        sale.getPosition(),
        new RejectedException(
            Reason.TOO_LATE,
            "it came after the allowed lateness of its five-minute window, which does not count it;"
                + " fact_sales_realtime has it"),
        FactRealtimeSales.payloadOf(sale));
  }
}
