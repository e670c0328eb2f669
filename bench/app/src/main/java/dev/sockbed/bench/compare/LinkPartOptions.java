package dev.sockbed.bench.compare;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.command.LinkModeConverter;
import dev.sockbed.bench.link.command.LinkSpecConverter;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.common.command.UsageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Over which bad network it is compared, and how that is made. */
final class LinkPartOptions {
  @Option(
      names = "--link",
      paramLabel = "PRESET|SPEC",
      converter = LinkSpecConverter.class,
      description = {
        "The bad network of the link scenario: lan, wifi-good, wifi-poor, 4g, 3g, satellite,",
        "board, or words as in loss=5%%,delay=20ms (default: loss=2%%,delay=10ms)."
      })
  private @Nullable LinkSpec link;

  @Option(
      names = "--link-mode",
      paramLabel = "tun|relay|auto",
      defaultValue = "auto",
      converter = LinkModeConverter.class,
      description = "How the link is made; see link --help (default: ${DEFAULT-VALUE}).")
  private LinkMode mode = LinkMode.AUTO;

  /** The link that was asked for, or null. */
  @Nullable LinkSpec spec() {
    return link;
  }

  /** How it is made. */
  LinkMode mode() {
    return mode;
  }

  /**
   * Refuses links that lead nowhere.
   *
   * @param need whether a need was said, which is always answered over a link
   * @param named whether the user named servers
   * @param asked whether links were asked for by name
   * @param measured whether links are among what is measured
   * @throws UsageException if one would not be used
   */
  void check(boolean need, boolean named, boolean asked, boolean measured) {
    if (named && (need || link != null || asked)) {
      throw new UsageException(
          "a bad network is put before servers of compare's own; before a server that runs already"
              + " use the command link");
    }
    if (link != null && !need && !measured) {
      throw new UsageException("--link is for the scenario link, which --only leaves out");
    }
  }
}
