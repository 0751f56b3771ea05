package vn.phusa.transforms.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import vn.phusa.transforms.errors.DeadLetter;

/** Everything that crosses a PCollection comes back as it was. */
class ModelCoderTest {

  private static final BigDecimal USD = new BigDecimal("99999999999999.9999");
  private static final BigDecimal VND = new BigDecimal("9999999999999999999999");
  private static final ChangeStamp STAMP = ChangeStamp.captured(-1, Long.MAX_VALUE, -1L, 7);

  private static <T> void assertSurvives(Class<T> type, T value) throws Exception {
    SchemaRegistry schemas = SchemaRegistry.createDefault();
    SchemaCoder<T> coder = schemas.getSchemaCoder(type);
    assertThat(CoderUtils.clone(coder, value)).isEqualTo(value);
    assertThat(SerializableUtils.clone((Coder<T>) coder)).isEqualTo(coder);
  }

  @Test
  void changeStamp() throws Exception {
    assertSurvives(ChangeStamp.class, STAMP);
    assertSurvives(ChangeStamp.class, ChangeStamp.polled(0));
  }

  private static Customer.Builder customer() {
    return Customer.builder()
        .setSource("oltp")
        .setPosition("p")
        .setStamp(STAMP)
        .setOperation(Operation.DELETE)
        .setCustomerId("Ké\u0301")
        .setAbsent(List.of());
  }

  @Test
  void customers() throws Exception {
    assertSurvives(Customer.class, customer().build());
    assertSurvives(
        Customer.class,
        customer()
            .setAbsent(List.of("age", "city"))
            .setFullName("Nguyễn Văn An 😀")
            .setEmail("e")
            .setPhone("+84912345678")
            .setDateOfBirthEpochDay(Integer.MIN_VALUE)
            .setGender("")
            .setRegistrationDateEpochDay(1)
            .setCity("Hanoi")
            .setState("s")
            .setCountry("Việt Nam")
            .setPostalCode("1")
            .setCustomerSegment("c")
            .setIncomeLevel("Low")
            .setMonthlySpendingUsd(USD)
            .setPreferredDevice("d")
            .setPreferredPaymentMethod("m")
            .setShoppingFrequency("f")
            .setVietnamRegionPreference("r")
            .build());
  }

  @Test
  void products() throws Exception {
    Product.Builder product =
        Product.builder()
            .setSource("tiki")
            .setPosition("p")
            .setStamp(STAMP)
            .setOperation(Operation.UPSERT)
            .setProductId("tiki:1")
            .setAbsent(List.of("stock"));
    assertSurvives(Product.class, product.build());
    assertSurvives(
        Product.class,
        product
            .setName("n")
            .setCategory("fashion")
            .setBrand("b")
            .setPlatform("Tiki")
            .setPriceUsd(USD)
            .setPriceVnd(VND)
            .setStock(-5)
            .setRating(new BigDecimal("4.50"))
            .setReviewCount(3)
            .build());
  }

  private static Sale.Builder sale() {
    return Sale.builder()
        .setSource("oltp")
        .setPosition("p")
        .setStamp(STAMP)
        .setOperation(Operation.UPSERT)
        .setOrderId("O1");
  }

  private static Sale fullSale() {
    return sale()
        .setOrderNumber("B")
        .setCustomerId("C")
        .setProductId("P")
        .setPlatform("Tiki")
        .setCity("Hue")
        .setQuantity(-2)
        .setUnitPriceUsd(USD)
        .setSubtotalUsd(USD.negate())
        .setDiscountAmountUsd(new BigDecimal("0.0000"))
        .setTaxAmountUsd(USD)
        .setShippingCostUsd(USD)
        .setTotalAmountUsd(USD)
        .setProfitMarginUsd(USD)
        .setPaymentMethod("momo")
        .setVietnamPromotionApplied(false)
        .setStatus("completed")
        .setOrderMicros(1_740_795_299_998_877L)
        .build();
  }

  @Test
  void sales() throws Exception {
    assertSurvives(Sale.class, sale().build());
    assertSurvives(Sale.class, fullSale());
    assertSurvives(
        EnrichedSale.class, EnrichedSale.builder().setSale(sale().build()).setTimeKey(-1).build());
    assertSurvives(
        EnrichedSale.class,
        EnrichedSale.builder()
            .setSale(fullSale())
            .setTimeKey(20250301)
            .setUnitPriceVnd(VND)
            .setTotalAmountVnd(VND.negate())
            .setVatAmountVnd(BigDecimal.ZERO)
            .setPlatformCommission(USD)
            .setPaymentMethodLocal("COD")
            .setRegion("Central")
            .setTetSeason(true)
            .setShoppingFestival(false)
            .build());
  }

  @Test
  void realtimeSales() throws Exception {
    RealtimeSale.Builder sale =
        RealtimeSale.builder()
            .setSource("sales_events")
            .setPosition("sales_events/0/1")
            .setStamp(STAMP)
            .setOrderId("O")
            .setPlatform("Unknown")
            .setRegion("Unknown")
            .setOrderMicros(1_740_795_299_998_877L)
            .setTooLate(false);
    assertSurvives(RealtimeSale.class, sale.build());
    assertSurvives(
        RealtimeSale.class,
        sale.setCustomerId("C")
            .setProductId("P")
            .setQuantity(-2)
            .setUnitPriceUsd(USD)
            .setTotalAmountUsd(USD.negate())
            .setPaymentMethod("momo")
            .setCity("Hue")
            .setTotalAmountVnd(VND)
            .setUnitPriceVnd(VND.negate())
            .setPaymentMethodLocal("E_Wallet_MoMo")
            .setTetSeason(true)
            .setShoppingFestival(false)
            .setTooLate(true)
            .setProcessedMicros(-1L)
            .build());
  }

  @Test
  void inventoryMovements() throws Exception {
    InventoryMovement.Builder movement =
        InventoryMovement.builder()
            .setSource("inventory_events")
            .setPosition("inventory_events/0/1")
            .setStamp(STAMP)
            .setEventId("E");
    assertSurvives(InventoryMovement.class, movement.build());
    assertSurvives(
        InventoryMovement.class,
        movement
            .setProductId("P")
            .setWarehouse("Kho Hà Nội")
            .setQuantityChange(Integer.MIN_VALUE)
            .setStockAfter(7)
            .setReason("sale")
            .build());
  }

  @Test
  void transactions() throws Exception {
    Transaction.Builder transaction =
        Transaction.builder()
            .setSource("oltp")
            .setPosition("p")
            .setStamp(STAMP)
            .setOperation(Operation.UPSERT)
            .setTransactionId("T")
            .setTimeKey(-1);
    assertSurvives(Transaction.class, transaction.build());
    assertSurvives(
        Transaction.class,
        transaction
            .setOrderId("O")
            .setPaymentMethodLocal("COD")
            .setAmountUsd(USD)
            .setAmountVnd(VND)
            .setStatus("ok")
            .setTransactionMicros(-1L)
            .build());
  }

  @Test
  void deadLetters() throws Exception {
    assertSurvives(
        DeadLetter.class,
        DeadLetter.create(
            "id", "stage", "oltp", "p", "not_a_number", "error", "{}", DeadLetter.Encoding.BASE64));
  }

  @Test
  void sourceRecordsWithNullsAndWhatNoUtf8TextHolds() throws Exception {
    Coder<SourceRecord> coder =
        CoderRegistry.createDefault().getCoder(TypeDescriptor.of(SourceRecord.class));
    assertThat(coder).isInstanceOf(SourceRecordCoder.class);
    coder.verifyDeterministic();
    List<SourceRecord> records =
        List.of(
            SourceRecord.polled("oltp", "orders", "p", List.of(), List.of()),
            SourceRecord.polled("oltp", "orders", "p", List.of(), List.of()).observedAt(7L),
            SourceRecord.polled(
                "oltp",
                "orders",
                "p\ud800",
                List.of("a", "b", "c", "d", "e", "f"),
                Arrays.asList(null, "", "a\0b", "x\udc00\ud800", "😀 ệ", "long".repeat(10_000))),
            SourceRecord.create(
                "cdc",
                "customers",
                "t/0/17",
                Operation.DELETE,
                Long.MIN_VALUE,
                -1L,
                Integer.MAX_VALUE,
                List.of("customer_id"),
                Collections.singletonList(null)));
    for (SourceRecord record : records) {
      assertThat(CoderUtils.clone(coder, record)).isEqualTo(record);
    }
    SourceRecord first = CoderUtils.clone(coder, records.get(2));
    assertThat(CoderUtils.clone(coder, records.get(2)).getColumns()).isSameAs(first.getColumns());
  }

  @Test
  void aRecordHasAValueForEveryColumn() {
    assertThatThrownBy(() -> SourceRecord.polled("s", "k", "p", List.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void topicRecords() throws Exception {
    Coder<TopicRecord> coder = CoderRegistry.createDefault().getCoder(TopicRecord.class);
    for (TopicRecord record :
        List.of(
            TopicRecord.create("t", 0, Long.MAX_VALUE, -1, null, null),
            TopicRecord.create("t", 5, 0, 1, new byte[0], new byte[0]),
            TopicRecord.create("t", 5, 0, 1, new byte[] {-1}, new byte[] {0, 1}))) {
      assertThat(CoderUtils.clone(coder, record)).isEqualTo(record);
    }
  }
}
