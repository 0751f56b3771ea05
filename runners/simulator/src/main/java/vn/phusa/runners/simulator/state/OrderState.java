package vn.phusa.runners.simulator.state;

import java.util.List;

/**
 * An order at one time.
 *
 * @param number its place in the catalogue, from 0
 * @param touches how often it was changed beyond its stages
 * @param created seconds since 1970
 * @param updated seconds since 1970
 * @param buyer a number for the buyer
 * @param name the buyer's full name, or masked
 * @param phone masked, or empty
 * @param place where it is sent
 * @param payment one of COD, WALLET, CARD, TRANSFER
 * @param shippingFee whole dong
 * @param voucher whole dong
 */
public record OrderState(
    int number,
    int touches,
    OrderStage stage,
    long created,
    long updated,
    long buyer,
    String name,
    String phone,
    Place place,
    String payment,
    List<Line> lines,
    long shippingFee,
    long voucher) {

  /**
   * Where an order is sent.
   *
   * @param code the platform's own code of the province
   */
  public record Place(String code, String province, String district, String ward) {}

  /**
   * One product of an order.
   *
   * @param product the product's number
   * @param model the number of its variant, from 1; 0 for none
   * @param price whole dong for one, as it was when ordered
   */
  public record Line(int product, int model, String name, String sku, long price, int quantity) {
    public long total() {
      return price * quantity;
    }
  }

  /** The sum of the lines. */
  public long subtotal() {
    return lines.stream().mapToLong(Line::total).sum();
  }

  public long total() {
    return subtotal() + shippingFee - voucher;
  }

  /** Whether the platform keeps the buyer's name to itself. */
  public boolean masked() {
    return name.contains("*");
  }
}
