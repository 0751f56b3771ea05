package vn.phusa.runners.bench.byhand;

/** What a window has to know of a sale, and all that goes over Flink's network. */
public final class SaleAmount {
  public String platform;
  public String region;
  public Long totalVnd;

  /** For Flink. */
  public SaleAmount() {}

  SaleAmount(SaleRow row) {
    this.platform = row.platform;
    this.region = row.region;
    this.totalVnd = row.totalAmountVnd == null ? null : row.totalAmountVnd.longValueExact();
  }

  /** What distinguishes windows. */
  public String key() {
    return platform + ':' + region;
  }
}
