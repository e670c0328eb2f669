package dev.sockbed.bench.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sockbed.bench.conformance.cases.Catalogue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class ProtocolTest {
  private final Protocol protocol = Protocol.ofThisBuild();
  private final List<Case<?>> cases = new Catalogue(protocol).all().toList();

  @Test
  void aSentenceHasAnIdALevelAndItsWordsInOneLine() {
    Protocol read =
        Protocol.parse(
            "- **echo/tcp/1.2** The server\n  MUST NOT shout.\n- **probe/3.10** It MAY.\n");

    assertThat(read.rules())
        .containsExactly(
            new Rule("echo/tcp/1.2", Level.MUST, "The server MUST NOT shout."),
            new Rule("probe/3.10", Level.MAY, "It MAY."));
  }

  @Test
  void aSentenceThatDemandsNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Protocol.parse("- **echo/tcp/1.2** The server is nice.\n"))
        .withMessageContaining("echo/tcp/1.2");
  }

  @Test
  void anIdThatIsThereTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Protocol.parse("- **device/1.1** It MUST.\n- **device/1.1** It MAY.\n"))
        .withMessageContaining("twice");
  }

  @Test
  void everyMustHasACase() {
    Set<String> tested = cases.stream().map(each -> each.rule().id()).collect(Collectors.toSet());

    assertThat(protocol.of(Level.MUST).map(Rule::id)).isSubsetOf(tested);
  }

  @Test
  void noTwoCasesHaveTheSameId() {
    assertThat(cases).extracting(Case::id).doesNotHaveDuplicates();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(45);
  }
}
