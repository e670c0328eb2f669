package dev.sockbed.bench.conformance.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class CommandLineTextTest {
  @Test
  void blanksPartWordsAndQuotesKeepThemTogether() {
    assertThat(CommandLineText.words("  ./a  'b c' \"d'e\" f'g h'i '' "))
        .containsExactly("./a", "b c", "d'e", "fg hi", "");
  }

  @Test
  void nothingElseMeansAnything() {
    assertThat(CommandLineText.words("a $HOME ; b | c > d \\e"))
        .containsExactly("a", "$HOME", ";", "b", "|", "c", ">", "d", "\\e");
  }

  @Test
  void anEmptyCommandAndAnOpenQuoteAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLineText.words("  "));
    assertThatIllegalArgumentException().isThrownBy(() -> CommandLineText.words("a 'b"));
  }
}
