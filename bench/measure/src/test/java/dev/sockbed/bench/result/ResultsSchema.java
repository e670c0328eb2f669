package dev.sockbed.bench.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;

/** The JSON Schema of result files, as the documents have it. */
public final class ResultsSchema {
  private static final String OPEN = "\"additionalProperties\": true";

  private ResultsSchema() {}

  /** Results that keep to the schema, and have no key that it does not describe. */
  public static void assertKept(String json) throws IOException {
    assertThat(strict().validate(json, InputFormat.JSON)).isEmpty();
  }

  /** The schema as it is: keys that it does not know are passed over. */
  static Schema lenient() throws IOException {
    return schema(text());
  }

  private static Schema strict() throws IOException {
    assertThat(text()).contains(OPEN);
    return schema(text().replace(OPEN, "\"additionalProperties\": false"));
  }

  private static String text() throws IOException {
    return Files.readString(Checkout.path("docs/results.schema.json"));
  }

  private static Schema schema(String text) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
  }
}
