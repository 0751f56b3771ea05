package vn.phusa.transforms.rules;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.MonthDay;
import vn.phusa.transforms.yaml.StrictYaml;

/** Writes {@link Rules} as a YAML document that holds all of them; equal rules give equal texts. */
final class RulesWriter {

  /**
   * The version of the cleansing code: to be raised when the same input and the same rules come to
   * other values than before.
   */
  private static final int CLEANSING = 1;

  private static final ObjectMapper YAML =
      StrictYaml.mapper()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addModule(
              new SimpleModule()
                  .addSerializer(LocalDate.class, ToStringSerializer.instance)
                  .addSerializer(MonthDay.class, new MonthDaySerializer()))
          .build();

  private RulesWriter() {}

  static String write(Rules rules) {
    try {
      return YAML.writeValueAsString(rules);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("rules cannot be written", e);
    }
  }

  static String fingerprint(Rules rules) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putInt(CLEANSING).putString(write(rules), StandardCharsets.UTF_8);
    for (String file : FactFile.NAMES) {
      hasher.putString(FactFile.text(file), StandardCharsets.UTF_8);
    }
    return hasher.hash().toString();
  }

  /** As {@link RulesReader} reads it: month and day, without the dashes in front. */
  private static final class MonthDaySerializer extends StdSerializer<MonthDay> {
    private static final long serialVersionUID = 1L;

    MonthDaySerializer() {
      super(MonthDay.class);
    }

    @Override
    public void serialize(MonthDay day, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(day.toString().substring(2));
    }
  }
}
