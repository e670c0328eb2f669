package dev.sockbed.common.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class OneKindTest {
  @ParameterizedTest
  @ValueSource(strings = {"unit", "socket", "process", "browser", "timing", "soak"})
  void aClassWithOneKindIsRun(String kind) {
    assertThatCode(() -> OneKind.require("SomeTest", Set.of(kind, "linux")))
        .doesNotThrowAnyException();
    assertThat(OneKind.KINDS).contains(kind);
  }

  @Test
  void aClassWithoutAKindIsToldWhichThereAre() {
    assertThatThrownBy(() -> OneKind.require("SomeTest", Set.of("linux")))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage(
            "SomeTest has the tags [linux], and must have exactly one of"
                + " [browser, process, soak, socket, timing, unit]");
  }

  @Test
  void aClassOfTwoKindsIsRefused() {
    assertThatThrownBy(() -> OneKind.require("SomeTest", Set.of("socket", "timing")))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessageStartingWith("SomeTest has the tags [socket, timing], and must have");
  }
}
