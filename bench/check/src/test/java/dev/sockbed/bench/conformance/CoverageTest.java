package dev.sockbed.bench.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.conformance.cases.Catalogue;
import dev.sockbed.common.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page that tells which cases test which sentence is the one that the cases give. */
@Tag("unit")
class CoverageTest {
  private static final Path PAGE = Checkout.path("docs/coverage.md");

  private static final String HEAD =
      """
      # Coverage

      Which cases test which sentence of the [protocol](protocol.md). This page is generated:
      `mvn verify -Dtest=CoverageTest -Dcoverage=write` writes it anew. The build fails if it is out of
      date, and if a MUST has no case. One SHOULD has none: the datagrams that echo/udp/2.4 speaks of can't be
      sent without forging their source.

      | sentence | level | cases |
      |---|---|---|
      """;

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("coverage"))) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/coverage.md; write it anew by -Dtest=CoverageTest -Dcoverage=write")
        .isEqualTo(page);
  }

  private static String page() {
    Protocol protocol = Protocol.ofThisBuild();
    Map<String, List<String>> cases =
        new Catalogue(protocol)
            .all()
            .collect(groupingBy(each -> each.rule().id(), mapping(CoverageTest::name, toList())));
    return protocol.rules().stream()
        .map(rule ->
            "| %s | %s | %s |\n"
                .formatted(
                    rule.id(),
                    rule.level(),
                    String.join(", ", cases.getOrDefault(rule.id(), List.of("–")))))
        .collect(joining("", HEAD, ""));
  }

  /** What stands behind the sentence's ID. */
  private static String name(Case<?> each) {
    return "`" + each.id().substring(each.rule().id().length() + 1) + "`";
  }
}
