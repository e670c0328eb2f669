package dev.sockbed.bench.result;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** How JSON is read (strictly and bounded) and written (nulls shown, no NaN, a line a cell). */
final class ResultsJson {
  /** What Jackson says of where an object began: with how it was set up, which is no user's. */
  private static final Pattern JACKSONS_SOURCE = Pattern.compile(" \\(start marker at \\[.*]\\)");

  /** A tree takes some 100 bytes for each; the fullest comparison has below 500,000. */
  private static final long MOST_TOKENS = 4_000_000;

  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxNameLength(1_000)
          .maxNumberLength(100)
          .maxStringLength(4 << 20)
          .maxTokenCount(MOST_TOKENS)
          .build();

  static final JsonMapper MAPPER =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(BOUNDS).build())
          .annotationIntrospector(new RecordNullness())
          .addModule(FiniteNumbers.module())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> {
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  static final ObjectWriter FILES = MAPPER.writer().with(new EntryLines());

  private ResultsJson() {}

  /** Where in the document an exception happened, as in {@code cells[3].outcomes.ok}. */
  static String place(JacksonException exception) {
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference step : List.copyOf(exception.getPath())) {
      String name = step.getPropertyName();
      if (name == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(name);
      }
    }
    return place.isEmpty() ? "its outermost level" : place.toString();
  }

  /** Where in the text an exception happened, as in {@code line 3, column 14}. */
  static String line(JacksonException exception) {
    TokenStreamLocation location = exception.getLocation();
    return location == null
        ? "a place unknown"
        : "line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Why, in one line without the names of Java types where that can be had. */
  static String reason(JacksonException exception) {
    Throwable cause = exception.getCause();
    String text =
        cause instanceof IllegalArgumentException && cause.getMessage() != null
            ? cause.getMessage()
            : exception.getOriginalMessage();
    String line = text.lines().findFirst().orElse("not JSON");
    return JACKSONS_SOURCE.matcher(line).replaceAll("");
  }
}
