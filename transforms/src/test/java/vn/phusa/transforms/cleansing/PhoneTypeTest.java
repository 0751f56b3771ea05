package vn.phusa.transforms.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** The short way to a number's type is the library's own long way. */
class PhoneTypeTest {
  private final PhoneCleanser phones = new PhoneCleanser(Pattern.compile("^\\+84[0-9]{9,10}$"));

  @Property(tries = 5_000)
  void theTypeIsWhatTheParsedNumberHas(
      @ForAll @LongRange(min = 1, max = 9_999_999_999_999L) long n) {
    assertSameType("+84" + n);
  }

  @Property(tries = 5_000)
  void alsoOfNumbersOfTheRightLength(
      @ForAll @LongRange(min = 100_000_000, max = 9_999_999_999L) long n) {
    assertSameType("+84" + n);
  }

  private void assertSameType(String number) {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    PhoneNumberType type;
    try {
      type = library.getNumberType(library.parse(number, "VN"));
    } catch (NumberParseException tooShort) {
      type = PhoneNumberType.UNKNOWN;
    }
    assertThat(phones.type(number)).isEqualTo(type == PhoneNumberType.UNKNOWN ? null : type.name());
  }
}
