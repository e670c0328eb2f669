package dev.sockbed.client.command;

import dev.sockbed.client.device.StatusLight;
import dev.sockbed.client.device.SysfsLight;
import dev.sockbed.client.device.TerminalLight;
import dev.sockbed.common.command.UsageException;
import java.nio.file.Path;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The flags that choose the status light. */
final class LightOptions {
  private static final String SYSFS = "sysfs:";

  @Option(
      names = "--light",
      paramLabel = "terminal|none|sysfs:NAME",
      defaultValue = "terminal",
      description = {
        "The status light (default: ${DEFAULT-VALUE}): on when joined, three blinks when not.",
        "sysfs:NAME is a light of Linux; it is turned off at the end."
      })
  private String kind = "terminal";

  @Option(
      names = "--leds-root",
      paramLabel = "DIR",
      defaultValue = "/sys/class/leds",
      description = "Where Linux keeps its lights (default: ${DEFAULT-VALUE}).")
  private Path ledsRoot = SysfsLight.LEDS;

  /**
   * The light.
   *
   * @param console where a light in the terminal shines
   * @throws UsageException if there is no such kind of light
   */
  StatusLight light(Consumer<String> console) {
    if (kind.startsWith(SYSFS)) {
      return SysfsLight.open(ledsRoot, kind.substring(SYSFS.length()));
    }
    return switch (kind) {
      case "terminal" -> new TerminalLight(console);
      case "none" -> StatusLight.NONE;
      default ->
          throw new UsageException("--light is terminal, none or sysfs:NAME, not '" + kind + "'");
    };
  }
}
