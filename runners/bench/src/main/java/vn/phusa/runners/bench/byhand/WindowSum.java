package vn.phusa.runners.bench.byhand;

import org.apache.flink.api.common.functions.AggregateFunction;

/** The sums of a window so far. */
public final class WindowSum {
  public long orders;
  public long amounts;
  public long revenueVnd;

  /** For Flink. */
  public WindowSum() {}

  /** Sums up incrementally, so that a window holds no sales. */
  static final class Of implements AggregateFunction<SaleAmount, WindowSum, WindowSum> {
    private static final long serialVersionUID = 1L;

    @Override
    public WindowSum createAccumulator() {
      return new WindowSum();
    }

    @Override
    public WindowSum add(SaleAmount sale, WindowSum sum) {
      sum.orders++;
      if (sale.totalVnd != null) {
        sum.amounts++;
        sum.revenueVnd += sale.totalVnd;
      }
      return sum;
    }

    @Override
    public WindowSum getResult(WindowSum sum) {
      return sum;
    }

    @Override
    public WindowSum merge(WindowSum one, WindowSum other) {
      WindowSum both = new WindowSum();
      both.orders = one.orders + other.orders;
      both.amounts = one.amounts + other.amounts;
      both.revenueVnd = one.revenueVnd + other.revenueVnd;
      return both;
    }
  }
}
