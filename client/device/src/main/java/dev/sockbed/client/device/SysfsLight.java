package dev.sockbed.client.device;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A light of the Linux kernel: {@code /sys/class/leds/NAME/brightness}. Writing it usually needs
 * root, or a rule of udev.
 *
 * @see <a href="https://docs.kernel.org/leds/leds-class.html">LED handling under Linux</a>
 */
public final class SysfsLight implements StatusLight {
  /** Where Linux keeps them. */
  public static final Path LEDS = Path.of("/sys/class/leds");

  private final Path brightness;
  private final String highest;

  private SysfsLight(Path brightness, String highest) {
    this.brightness = brightness;
    this.highest = highest;
  }

  /**
   * Finds a light and turns it off, which also ends what the kernel lets it show by itself.
   *
   * @param leds the folder of lights, usually {@link #LEDS}
   * @param name the light's name, as in {@code ACT} or {@code input3::capslock}
   * @throws MissingEquipmentException if there is no such light, or it can't be written
   */
  public static SysfsLight open(Path leds, String name) {
    Path parent = leds.toAbsolutePath().normalize();
    Path folder = parent.resolve(name).normalize();
    if (!parent.equals(folder.getParent()) || !Files.isDirectory(folder)) {
      throw new MissingEquipmentException(
          "there is no light '" + name + "' in " + leds + "; there is " + namesIn(leds));
    }
    SysfsLight light = new SysfsLight(folder.resolve("brightness"), highestOf(folder));
    light.off();
    return light;
  }

  @Override
  public void on() {
    write(highest);
  }

  @Override
  public void off() {
    write("0");
  }

  /** Not through a channel, so that the light can be turned off on an interrupted thread. */
  private void write(String value) {
    try (OutputStream file = new FileOutputStream(brightness.toFile())) {
      file.write((value + "\n").getBytes(US_ASCII));
    } catch (IOException e) {
      throw new MissingEquipmentException(
          "the light can't be set: " + e.getMessage() + " (it usually needs root)");
    }
  }

  private static String highestOf(Path folder) {
    Path file = folder.resolve("max_brightness");
    try {
      String highest = Files.readString(file).strip();
      if (highest.matches("[1-9]\\d{0,9}")) {
        return highest;
      }
      throw new MissingEquipmentException(file + " holds '" + highest + "', which is no number");
    } catch (IOException e) {
      throw new MissingEquipmentException("the light can't be read: " + e.getMessage());
    }
  }

  private static String namesIn(Path leds) {
    try (Stream<Path> folders = Files.list(leds)) {
      String names =
          folders
              .map(folder -> Objects.toString(folder.getFileName()))
              .sorted()
              .collect(Collectors.joining(", "));
      return names.isEmpty() ? "none" : names;
    } catch (IOException noSuchFolder) {
      return "none";
    }
  }
}
