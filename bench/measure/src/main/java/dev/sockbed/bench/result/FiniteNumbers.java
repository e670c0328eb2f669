package dev.sockbed.bench.result;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Numbers with a fraction as JSON has them: finite, and no text. Left to itself Jackson 3.2 reads
 * {@code "NaN"} and {@code "-INF"} as numbers, reads {@code 1e999} as infinite, and writes such
 * numbers as words that are no JSON.
 */
final class FiniteNumbers {
  private FiniteNumbers() {}

  static SimpleModule module() {
    SimpleModule module = new SimpleModule("finite numbers");
    module.addDeserializer(Double.class, new Reader());
    module.addDeserializer(Double.TYPE, new Reader());
    module.addSerializer(Double.class, new Writer());
    module.addSerializer(Double.TYPE, new Writer());
    return module;
  }

  private static final class Reader extends StdScalarDeserializer<Double> {
    private static final long serialVersionUID = 1;

    Reader() {
      super(Double.class);
    }

    @Override
    public Double deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.currentToken().isNumeric()) {
        return context.reportInputMismatch(this, "a number is wanted here");
      }
      double number = parser.getDoubleValue();
      return Double.isFinite(number)
          ? Double.valueOf(number)
          : context.reportInputMismatch(this, "a number must be finite");
    }
  }

  private static final class Writer extends StdScalarSerializer<Double> {
    Writer() {
      super(Double.class);
    }

    @Override
    public void serialize(Double number, JsonGenerator generator, SerializationContext context) {
      if (!Double.isFinite(number)) {
        context.reportMappingProblem("a number must be finite to be written, not %s", number);
      }
      generator.writeNumber(number.doubleValue());
    }
  }
}
