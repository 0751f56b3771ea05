package vn.phusa.runners.simulator.state;

/** Where an order is on its way; platforms name the stages each in their way. */
public enum OrderStage {
  NEW,
  CONFIRMED,
  SHIPPED,
  DELIVERED,
  COMPLETED,
  CANCELLED,
  RETURNED
}
