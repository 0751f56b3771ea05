package vn.phusa.runners.simulator.settings;

import java.time.Duration;
import java.time.Instant;

/**
 * What is sold and ordered on each platform. Everything follows from these values and the simulated
 * time.
 *
 * @param seed another one gives other goods, people and orders
 * @param products how many products each platform has
 * @param orders how many orders each platform has when the simulation starts
 * @param start the simulated time at the start, whole seconds count
 * @param runs whether simulated time is the real time, once that is past the start; else it stands
 *     at the start until it is advanced
 * @param history how far before the start the orders reach back
 * @param productChanges how long a product stays as it is, on average; a fifth never changes
 * @param orderInterval how often a new order comes in after the start
 * @param repeatedIds the share of products, from 0 to 1, that lists give a second time with an
 *     older, differing row
 */
public record CatalogueSettings(
    long seed,
    int products,
    int orders,
    Instant start,
    boolean runs,
    Duration history,
    Duration productChanges,
    Duration orderInterval,
    double repeatedIds) {

  public CatalogueSettings {
    if (products < 1 || orders < 0) {
      throw new IllegalArgumentException("At least one product, and no negative orders");
    }
  }

  /** Some hundreds of records, in a time that has passed on every machine. */
  public static CatalogueSettings small() {
    return new CatalogueSettings(
        20_251,
        300,
        300,
        Instant.parse("2025-10-01T03:00:00Z"),
        false,
        Duration.ofDays(60),
        Duration.ofDays(10),
        Duration.ofMinutes(15),
        0);
  }

  public CatalogueSettings withSeed(long value) {
    return new CatalogueSettings(
        value, products, orders, start, runs, history, productChanges, orderInterval, repeatedIds);
  }

  public CatalogueSettings withSize(int newProducts, int newOrders) {
    return new CatalogueSettings(
        seed,
        newProducts,
        newOrders,
        start,
        runs,
        history,
        productChanges,
        orderInterval,
        repeatedIds);
  }

  public CatalogueSettings withStart(Instant value) {
    return new CatalogueSettings(
        seed, products, orders, value, runs, history, productChanges, orderInterval, repeatedIds);
  }

  /** With the real time for the simulated one. */
  public CatalogueSettings running() {
    return new CatalogueSettings(
        seed, products, orders, start, true, history, productChanges, orderInterval, repeatedIds);
  }

  public CatalogueSettings withPace(Duration newProductChanges, Duration newOrderInterval) {
    return new CatalogueSettings(
        seed,
        products,
        orders,
        start,
        runs,
        history,
        newProductChanges,
        newOrderInterval,
        repeatedIds);
  }

  public CatalogueSettings withHistory(Duration value) {
    return new CatalogueSettings(
        seed, products, orders, start, runs, value, productChanges, orderInterval, repeatedIds);
  }

  public CatalogueSettings withRepeatedIds(double share) {
    return new CatalogueSettings(
        seed, products, orders, start, runs, history, productChanges, orderInterval, share);
  }
}
