package vn.phusa.runners.samples;

import java.time.Instant;

/**
 * One row of orders. Amounts are ten-thousandths of a dollar. All but the id and the two last may
 * be null.
 *
 * @param orderNumber what the lines of one basket share
 */
record OrderLine(
    String orderId,
    String orderNumber,
    String customerId,
    String productId,
    String platform,
    String city,
    Integer quantity,
    Long unitPrice,
    Long subtotal,
    Long discount,
    Long tax,
    Long shipping,
    Long total,
    Long profit,
    String paymentMethod,
    Boolean promotion,
    String status,
    Instant orderDate,
    Instant createdAt,
    Instant lastModified) {

  /** The same goods on their way back: all amounts with the other sign. */
  OrderLine returned(String id, Instant when) {
    return new OrderLine(
        id,
        orderNumber,
        customerId,
        productId,
        platform,
        city,
        quantity == null ? null : -quantity,
        unitPrice,
        minus(subtotal),
        minus(discount),
        minus(tax),
        0L,
        total == null || shipping == null ? null : shipping - total,
        minus(profit),
        paymentMethod,
        promotion,
        "returned",
        when,
        when,
        when);
  }

  /** The same line once more, as a double click makes it. */
  OrderLine again(String id) {
    return with(id, lastModified);
  }

  /** The same line, as the application wrote it at another time. */
  OrderLine seenAt(Instant modified) {
    return with(orderId, modified);
  }

  private OrderLine with(String id, Instant modified) {
    return new OrderLine(
        id,
        orderNumber,
        customerId,
        productId,
        platform,
        city,
        quantity,
        unitPrice,
        subtotal,
        discount,
        tax,
        shipping,
        total,
        profit,
        paymentMethod,
        promotion,
        status,
        orderDate,
        createdAt,
        modified);
  }

  void write(CopyLine line) {
    line.text(orderId)
        .text(orderNumber)
        .text(customerId)
        .text(productId)
        .text(platform)
        .text(city)
        .number(quantity)
        .money(unitPrice)
        .money(subtotal)
        .money(discount)
        .money(tax)
        .money(shipping)
        .money(total)
        .money(profit)
        .text(paymentMethod)
        .bool(promotion)
        .text(status)
        .instant(orderDate)
        .instant(createdAt)
        .instant(lastModified)
        .end();
  }

  private static Long minus(Long amount) {
    return amount == null ? null : -amount;
  }
}
