package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vn.phusa.transforms.rules.FactFile;
import vn.phusa.transforms.rules.Geography;
import vn.phusa.transforms.rules.KnownNames;
import vn.phusa.transforms.rules.Rules;

/** Cleansing what was cleansed changes nothing, whatever people type. */
class CleansingTwiceTest {
  /** What title case, normalisation and parsers stumble over. */
  private static final String[] DIFFICULT = {
    " ",
    "\u00A0",
    "\u200B",
    "\uFEFF",
    "\u0301",
    "\u0323",
    "\u031B",
    "\u0302",
    "đ",
    "Đ",
    "Ð",
    "İ",
    "ı",
    "ß",
    "ŉ",
    "ǆ",
    "Σ",
    "ς",
    "ſ",
    "\u212A",
    "ﬁ",
    "e",
    "O",
    "u",
    "\u0345",
    "\u1FB3",
    "ᾼ",
    "\ud800",
    "\udc00",
    "😀",
    "١",
    "９",
    "0",
    "8",
    "4",
    "+",
    ".0",
    "/",
    "tp",
    "tinh",
    "ha",
    "noi",
    "hue",
    "-",
    ".",
    "\u0130\u0307",
    "\u1E9E",
    "Ა",
    "ა"
  };

  private final Rules rules = Rules.defaults();
  private final PhoneCleanser phones = new PhoneCleanser(rules.patterns().phone());
  private final CityStandardiser cities = new CityStandardiser(Geography.of(rules));
  private final KnownNames incomeLevels = KnownNames.of(rules.incomeLevels());
  private final KnownNames payments = KnownNames.of(rules.paymentMethods());
  private final KnownNames categories = KnownNames.of(rules.categories());
  private final KnownNames platforms = KnownNames.of(rules.platforms());

  /** Any text, and texts made of what is difficult about it. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(30);
    Arbitrary<String> units =
        Arbitraries.chars().all().array(char[].class).ofMaxSize(20).map(String::new);
    Arbitrary<String> difficult =
        Arbitraries.of(DIFFICULT).list().ofMaxSize(14).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(any, units, difficult, spellings());
  }

  private static Arbitrary<String> spellings() {
    List<String> aliases = new ArrayList<>();
    FactFile.read("provinces.csv")
        .forEach(fact -> aliases.addAll(List.of(fact.get("aliases").split("\\|"))));
    return Arbitraries.of(aliases)
        .flatMap(
            alias ->
                Arbitraries.of(alias, alias.toUpperCase(Locale.ROOT), "TP. " + alias, alias + "x"));
  }

  @Provide
  Arbitrary<String> phoneTexts() {
    Arbitrary<String> numbers =
        Arbitraries.strings().withChars("0123456789084+ .-/;()x٣９").ofMaxLength(30);
    return Arbitraries.oneOf(numbers, texts());
  }

  private static void assertStable(UnaryOperator<String> cleanser, String text) {
    String once = cleanser.apply(text);
    if (once != null) {
      assertThat(cleanser.apply(once)).isEqualTo(once);
    }
  }

  @Property(tries = 5_000)
  void names(@ForAll("texts") String text) {
    assertStable(TitleCase::of, text);
  }

  @Property(tries = 5_000)
  void visibleTexts(@ForAll("texts") String text) {
    assertStable(FreeText::visible, text);
    assertStable(FreeText::trimmed, text);
    assertStable(FreeText::nfc, text);
  }

  @Property(tries = 5_000)
  void citiesOfAnyText(@ForAll("texts") String text) {
    assertStable(cities::standardise, text);
  }

  @Property(tries = 5_000)
  void emails(@ForAll("texts") String text) {
    assertStable(CustomerDerivation::email, text);
  }

  @Property(tries = 20_000)
  void phoneNumbers(@ForAll("phoneTexts") String text) {
    assertStable(phones::cleanse, text);
    String phone = phones.cleanse(text);
    if (phone != null) {
      assertThat(phone).matches("\\+84[1-9][0-9]*");
      phones.type(phone);
    }
  }

  @Property
  void knownNames(@ForAll("texts") String text) {
    assertStable(t -> CustomerDerivation.incomeLevel(t, incomeLevels), FreeText.nfc(text));
    assertStable(payments::orSame, text);
    assertStable(categories::orSame, text);
    assertStable(platforms::orSame, text);
  }
}
