package vn.phusa.runners.embedded.marketplace;

/** Where an order is on its way; platforms name the stages each in their way. */
enum OrderStage {
  NEW,
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  COMPLETED,
  CANCELLED,
  RETURNED
}
