package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Every number of every record that a results file is made of, found by looking at the records. */
@Tag("unit")
class FiniteNumbersTest {
  private static final Set<Type> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Type> WITH_FRACTION = Set.of(double.class, Double.class);

  private static final List<String> NO_NUMBERS =
      List.of("\"NaN\"", "\"-INF\"", "\"INF\"", "\"Infinity\"", "\"\"", "\"1\"", "1e999", "-1e999");

  static Stream<Class<?>> records() throws Exception {
    Path classes =
        Path.of(Results.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String room = Results.class.getPackageName();
    List<Class<?>> records = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(classes.resolve(room.replace('.', '/')), "*.class")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName()).replace(".class", "");
        Class<?> type = Class.forName(room + "." + name);
        if (type.isRecord()) {
          records.add(type);
        }
      }
    }
    assertThat(records).contains(Cell.class, LoadDetail.class, SystemTruth.Udp.class);
    return records.stream();
  }

  static Stream<Arguments> numbers() throws Exception {
    return components().filter(each -> isNumber(number(each.getGenericType()))).map(Arguments::of);
  }

  static Stream<Arguments> primitives() throws Exception {
    return components().filter(each -> each.getType().isPrimitive()).map(Arguments::of);
  }

  private static Stream<RecordComponent> components() throws Exception {
    return records().flatMap(record -> Stream.of(record.getRecordComponents()));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void whatIsNoFiniteNumberIsRefusedWhereItStands(RecordComponent component) {
    boolean list = component.getType() == List.class;
    for (String wrong : NO_NUMBERS) {
      String json = json(component, list ? "[" + wrong + "]" : wrong);
      assertThatExceptionOfType(JacksonException.class)
          .as(json)
          .isThrownBy(() -> ResultsJson.MAPPER.readValue(json, component.getDeclaringRecord()))
          .satisfies(refusal -> {
            assertThat(ResultsJson.place(refusal)).startsWith(name(component));
            assertThat(ResultsJson.reason(refusal)).isNotBlank().hasLineCount(1);
          });
    }
  }

  /** Else the test before would hold of anything. */
  @ParameterizedTest
  @MethodSource("numbers")
  void aNumberIsNotRefusedThere(RecordComponent component) {
    boolean list = component.getType() == List.class;
    String json = json(component, list ? "[1]" : "1");
    String place;
    try {
      ResultsJson.MAPPER.readValue(json, component.getDeclaringRecord());
      return;
    } catch (JacksonException e) {
      place = ResultsJson.place(e); // Numbers that do not fit together are the record's to refuse.
    }
    assertThat(place).as(json).isEqualTo("its outermost level");
  }

  @ParameterizedTest
  @MethodSource("primitives")
  void aPrimitiveThatIsMissingOrNullIsRefusedAndNotTakenForZero(RecordComponent component) {
    for (String json : List.of(json(component, null), json(component, "null"))) {
      assertThatExceptionOfType(JacksonException.class)
          .as(json)
          .isThrownBy(() -> ResultsJson.MAPPER.readValue(json, component.getDeclaringRecord()))
          .satisfies(refusal ->
              assertThat(ResultsJson.place(refusal) + ResultsJson.reason(refusal))
                  .contains(name(component)));
    }
  }

  /** Any other kind would need a rule of its own. */
  @ParameterizedTest
  @MethodSource("records")
  void numbersOfRecordsAreOfTheKindsThatAreLookedAt(Class<?> record) {
    for (RecordComponent component : record.getRecordComponents()) {
      Type type = number(component.getGenericType());
      boolean known =
          isNumber(type)
              || type == boolean.class
              || (type instanceof Class<?> plain
                  && !plain.isPrimitive()
                  && !plain.isArray()
                  && !Number.class.isAssignableFrom(plain));
      assertThat(known).as("%s.%s", record.getSimpleName(), component).isTrue();
    }
  }

  record Holder(double plain, @Nullable Double boxed, List<Double> list, Map<String, Object> map) {}

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsNeverWritten(double number) {
    for (Holder holder :
        List.of(
            new Holder(number, null, List.of(), Map.of()),
            new Holder(0, number, List.of(), Map.of()),
            new Holder(0, null, List.of(0.5, number), Map.of()),
            new Holder(0, null, List.of(), Map.of("key", number)))) {
      assertThatExceptionOfType(JacksonException.class)
          .isThrownBy(() -> ResultsFile.json(holder))
          .withMessageContaining("must be finite");
      assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> ResultsFile.tree(holder));
    }
  }

  @Test
  void finiteNumbersAreWrittenAsTheyAre() throws Exception {
    String json = ResultsFile.json(new Holder(0.1, 1e300, List.of(-0.5), Map.of("key", 3.0)));

    assertThat(json.replaceAll("\\s", ""))
        .isEqualTo("{\"plain\":0.1,\"boxed\":1.0E300,\"list\":[-0.5],\"map\":{\"key\":3.0}}");
    assertThat(ResultsJson.MAPPER.readValue("{\"a\": 1e2}", ObjectNode.class).toString())
        .contains("100");
  }

  /** A record's JSON with that text for one of its components, or without it. */
  private static String json(RecordComponent changed, @Nullable String text) {
    Class<?> record = changed.getDeclaringRecord();
    JsonTypeName kind = record.getAnnotation(JsonTypeName.class);
    Stream<String> entries =
        Arrays.stream(record.getRecordComponents())
            .filter(each -> !name(each).equals(name(changed)) || text != null)
            .map(each ->
                "\"%s\": %s"
                    .formatted(name(each), name(each).equals(name(changed)) ? text : sample(each)));
    return Stream.concat(
            kind == null ? Stream.of() : Stream.of("\"kind\": \"%s\"".formatted(kind.value())),
            entries)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String sample(RecordComponent component) {
    Class<?> type = component.getType();
    if (type.isRecord()) {
      return Arrays.stream(type.getRecordComponents())
          .map(each -> "\"%s\": %s".formatted(name(each), sample(each)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        ? "null"
        : isNumber(type)
            ? "0"
            : type == boolean.class
                ? "true"
                : type == List.class
                    ? "[]"
                    : type == ObjectNode.class
                        ? "{}"
                        : type == Instant.class ? "\"2026-11-30T12:00:00Z\"" : "\"word\"";
  }

  private static Type number(Type type) {
    return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
  }

  private static boolean isNumber(Type type) {
    return WHOLE.contains(type) || WITH_FRACTION.contains(type);
  }

  private static String name(RecordComponent component) {
    JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
    return property == null ? component.getName() : property.value();
  }
}
