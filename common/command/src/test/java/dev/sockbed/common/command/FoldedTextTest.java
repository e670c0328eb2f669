package dev.sockbed.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class FoldedTextTest {
  @Test
  void aLineIsFoldedBetweenWords() {
    assertThat(FoldedText.lines("one two three", 9)).containsExactly("one two", "three");
    assertThat(FoldedText.lines("one two", 7)).containsExactly("one two");
    assertThat(FoldedText.lines("", 7)).containsExactly("");
  }

  @Test
  void aWordThatIsLongerThanALineIsFoldedWhereTheLineEnds() {
    assertThat(FoldedText.lines("see 123456789012345 there", 10))
        .containsExactly("see", "1234567890", "12345", "there");
  }

  @Test
  void blanksInFrontAndBetweenStay() {
    assertThat(FoldedText.lines("  one  two", 20)).containsExactly("  one  two");
    assertThat(FoldedText.lines("  one  two", 8)).containsExactly("  one ", "two");
  }

  @Test
  void aTabOrALineFeedIsABlankLikeAnyOther() {
    assertThat(FoldedText.lines("one\ttwo\nthree", 20)).containsExactly("one two three");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndAccentsNone() {
    assertThat(FoldedText.lines("连接被拒绝。", 6)).containsExactly("连接被", "拒绝。");
    assertThat(FoldedText.lines("连a接", 4)).containsExactly("连a", "接");
    assertThat(FoldedText.lines("e\u0301e\u0301e\u0301", 3))
        .containsExactly("e\u0301e\u0301e\u0301");
    assertThat(FoldedText.width("\ud83d\ude00！")).isEqualTo(4);
  }
}
