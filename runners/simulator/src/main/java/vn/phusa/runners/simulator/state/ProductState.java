package vn.phusa.runners.simulator.state;

/**
 * A product at one time.
 *
 * @param number its place in the catalogue, from 0
 * @param revision how often it changed
 * @param name with the dirt that people type
 * @param category the name of its category
 * @param categoryId the platform's number for it
 * @param brand null where none is given
 * @param price whole dong
 * @param specialPrice whole dong, 0 for none
 * @param active whether it is on sale
 * @param created seconds since 1970
 * @param updated seconds since 1970
 * @param rating in hundredths of a star; 0 means unrated
 * @param models the number of its variants; 0 for none
 */
public record ProductState(
    int number,
    int revision,
    String name,
    String category,
    int categoryId,
    String brand,
    long price,
    long specialPrice,
    int stock,
    boolean active,
    long created,
    long updated,
    int rating,
    int reviews,
    int models) {

  /** An older row under the same id, with another price. */
  public ProductState older() {
    return new ProductState(
        number,
        revision,
        name,
        category,
        categoryId,
        brand,
        price + 11_000,
        0,
        stock + 1,
        active,
        created,
        updated - 60,
        rating,
        reviews,
        models);
  }

  public String sku() {
    return "SKU-" + (100_000 + number);
  }

  /** What is to be paid now. */
  public long currentPrice() {
    return specialPrice > 0 ? specialPrice : price;
  }
}
