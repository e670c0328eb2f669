package dev.sockbed.client.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class LightTest {
  @TempDir Path leds;

  @BeforeEach
  void aLightThatShines() throws IOException {
    Files.createDirectory(leds.resolve("ACT"));
    Files.writeString(leds.resolve("ACT/max_brightness"), "255\n");
    Files.writeString(leds.resolve("ACT/brightness"), "17\n");
  }

  @Test
  void aLightOfLinuxIsTurnedOffFirstThenOnAsBrightAsItCanAndOffAgain() throws Exception {
    SysfsLight light = SysfsLight.open(leds, "ACT");
    assertThat(brightness()).isEqualTo("0");

    light.on();
    assertThat(brightness()).isEqualTo("255");

    light.off();
    assertThat(brightness()).isEqualTo("0");
  }

  @Test
  void aLightOfLinuxCanBeTurnedOffByAnInterruptedThread() throws Exception {
    SysfsLight light = SysfsLight.open(leds, "ACT");
    light.on();
    Thread.currentThread().interrupt();

    light.off();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(brightness()).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "", ".", "..", "../ACT", "ACT/..", "/"})
  void aLightThatIsNotThereIsToldWithThoseThatAre(String name) {
    assertThatThrownBy(() -> SysfsLight.open(leds, name))
        .isInstanceOf(MissingEquipmentException.class)
        .hasMessage("there is no light '" + name + "' in " + leds + "; there is ACT");
  }

  @Test
  void aFolderWithoutLightsIsTold() {
    Path empty = leds.resolve("ACT/none");

    assertThatThrownBy(() -> SysfsLight.open(empty, "ACT"))
        .isInstanceOf(MissingEquipmentException.class)
        .hasMessage("there is no light 'ACT' in " + empty + "; there is none");
  }

  @Test
  void aLightThatCantBeWrittenIsTold() throws Exception {
    Files.delete(leds.resolve("ACT/brightness"));
    Files.createDirectory(leds.resolve("ACT/brightness")); // Not even root writes this.

    assertThatThrownBy(() -> SysfsLight.open(leds, "ACT"))
        .isInstanceOf(MissingEquipmentException.class)
        .hasMessageStartingWith("the light can't be set: ")
        .hasMessageEndingWith(" (it usually needs root)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "bright", "99999999999"})
  void aLightWhoseBrightnessIsNoNumberIsTold(String highest) throws Exception {
    Files.writeString(leds.resolve("ACT/max_brightness"), highest + "\n");

    assertThatThrownBy(() -> SysfsLight.open(leds, "ACT"))
        .isInstanceOf(MissingEquipmentException.class)
        .hasMessageContaining("holds '" + highest + "', which is no number");
  }

  @Test
  void aLightInTheTerminalIsALineForEachChange() {
    List<String> lines = new ArrayList<>();
    TerminalLight light = new TerminalLight(lines::add);

    light.off();
    light.on();
    light.on();
    light.off();
    light.off();

    assertThat(lines).containsExactly("light: (*) on", "light: ( ) off");
  }

  private String brightness() throws IOException {
    return Files.readString(leds.resolve("ACT/brightness")).strip();
  }
}
