package vn.phusa.transforms.scd;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a dimension consists of: its name, its natural key and its attributes, each with the way its
 * changes are tracked. The order of the attributes is that of {@link Change#getValues}.
 */
public final class DimensionSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How a change of an attribute shows. */
  public enum Tracking {
    /** A change opens a new version. */
    TYPE_2,
    /** The newest known value stands in every version. */
    TYPE_1
  }

  /**
   * @param column the column's name
   * @param sqlType its PostgreSQL type, to which the canonical text is cast
   * @param tracking how its changes show
   */
  public record Attribute(String column, String sqlType, Tracking tracking)
      implements Serializable {}

  /**
   * An attribute whose zero is no value unless something was counted: a rating of 0 without reviews
   * is none. What a change says of both may come from different changes, so it is decided of what
   * stands.
   *
   * @param attribute the place of the attribute, a number
   * @param count the place of the count
   */
  private record ZeroWithoutCount(int attribute, int count) implements Serializable {}

  /** The dimension dim_customer. */
  public static final DimensionSpec CUSTOMER =
      named("customer", 1)
          .type2("full_name", "text")
          .type2("email", "text")
          .type1("phone", "text")
          .type1("phone_valid", "boolean")
          .type1("phone_type", "text")
          .type1("date_of_birth", "date")
          .type1("age", "integer")
          .type1("gender", "text")
          .type1("registration_date", "date")
          .type2("city", "text")
          .type1("state", "text")
          .type2("region", "text")
          .type1("country", "text")
          .type1("postal_code", "text")
          .type1("postal_code_valid", "boolean")
          .type2("customer_segment", "text")
          .type1("customer_segment_vietnam", "text")
          .type2("income_level", "text")
          .type1("monthly_spending_usd", "numeric(18,4)")
          .type1("preferred_device", "text")
          .type1("preferred_payment_method", "text")
          .type1("shopping_frequency", "text")
          .type1("vietnam_region_preference", "text")
          .build();

  /** The dimension dim_product. */
  public static final DimensionSpec PRODUCT =
      named("product", 2)
          .type2("name", "text")
          .type2("category", "text")
          .type2("vietnam_category", "text")
          .type2("brand", "text")
          .type1("platform", "text")
          .type2("price_usd", "numeric(18,4)")
          .type2("price_vnd", "numeric(22,0)")
          .type1("stock", "integer")
          .type1("rating", "numeric(3,2)")
          .type1("review_count", "integer")
          .zeroIsNoneWithout("rating", "review_count")
          .build();

  private final String name;
  private final int lockClass;
  private final List<Attribute> attributes;
  private final List<ZeroWithoutCount> zeros;
  private final long type2Mask;
  private final Derivation derivation;

  private DimensionSpec(
      String name,
      int lockClass,
      List<Attribute> attributes,
      List<ZeroWithoutCount> zeros,
      Derivation derivation) {
    this.derivation = derivation;
    this.zeros = List.copyOf(zeros);
    this.name = name;
    this.lockClass = lockClass;
    this.attributes = List.copyOf(attributes);
    if (attributes.size() > Long.SIZE) {
      throw new IllegalArgumentException("at most 64 attributes: " + name);
    }
    long mask = 0;
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).tracking() == Tracking.TYPE_2) {
        mask |= 1L << i;
      }
    }
    this.type2Mask = mask;
  }

  /** "customer" for the table dim_customer, with customer_key and customer_id. */
  public String name() {
    return name;
  }

  public String table() {
    return "dim_" + name;
  }

  public String surrogateKey() {
    return name + "_key";
  }

  public String naturalKey() {
    return name + "_id";
  }

  /**
   * The number that distinguishes this dimension's locks from another's; lower ones are taken
   * first.
   */
  public int lockClass() {
    return lockClass;
  }

  public List<Attribute> attributes() {
    return attributes;
  }

  /** The bits of the attributes whose change opens a version. */
  public long type2Mask() {
    return type2Mask;
  }

  /** The bits of all attributes. */
  public long allMask() {
    return attributes.isEmpty() ? 0 : -1L >>> (Long.SIZE - attributes.size());
  }

  public boolean isType2(int attribute) {
    return (type2Mask >>> attribute & 1) == 1;
  }

  /** The dimension as rules have it, which otherwise shows what was said. */
  public DimensionSpec derivedBy(Derivation rules) {
    return new DimensionSpec(name, lockClass, attributes, zeros, rules);
  }

  /** Whether no source says the attribute, since it follows from others. */
  public boolean isDerived(int attribute) {
    return (derivation.derivedMask() >>> attribute & 1) == 1;
  }

  /**
   * What stands in the dimension of the newest that was said of each attribute.
   *
   * @param saidAt as in {@link Derivation#derive}
   */
  @Nullable String[] shown(@Nullable String[] said, long[] saidAt) {
    @Nullable String[] shown = said.clone();
    derivation.derive(shown, saidAt);
    for (ZeroWithoutCount zero : zeros) {
      if (isZero(shown[zero.attribute]) && isZeroOrNone(shown[zero.count])) {
        shown[zero.attribute] = null;
      }
    }
    return shown;
  }

  private static boolean isZeroOrNone(@Nullable String number) {
    return number == null || isZero(number);
  }

  private static boolean isZero(@Nullable String number) {
    return number != null && new BigDecimal(number).signum() == 0;
  }

  /** The attribute's place; an {@link IllegalArgumentException} when there is none of that name. */
  public int indexOf(String column) {
    for (int i = 0; i < attributes.size(); i++) {
      if (attributes.get(i).column().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no attribute " + column + " in dim_" + name);
  }

  @Override
  public String toString() {
    return table();
  }

  /** Begins the description of a dimension. */
  public static Builder named(String name, int lockClass) {
    return new Builder(name, lockClass);
  }

  /** Collects attributes in their order. */
  public static final class Builder {
    private final String name;
    private final int lockClass;
    private final List<Attribute> attributes = new ArrayList<>();
    private final List<ZeroWithoutCount> zeros = new ArrayList<>();

    private Builder(String name, int lockClass) {
      this.name = name;
      this.lockClass = lockClass;
    }

    public Builder type1(String column, String sqlType) {
      attributes.add(new Attribute(column, sqlType, Tracking.TYPE_1));
      return this;
    }

    public Builder type2(String column, String sqlType) {
      attributes.add(new Attribute(column, sqlType, Tracking.TYPE_2));
      return this;
    }

    /** The attribute, a number, is null where it is zero and the count is zero or unknown. */
    Builder zeroIsNoneWithout(String column, String count) {
      zeros.add(new ZeroWithoutCount(place(column), place(count)));
      return this;
    }

    private int place(String column) {
      return attributes.stream().map(Attribute::column).toList().indexOf(column);
    }

    public DimensionSpec build() {
      return new DimensionSpec(name, lockClass, attributes, zeros, Derivation.NONE);
    }
  }
}
