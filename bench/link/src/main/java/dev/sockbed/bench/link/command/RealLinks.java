package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.LinkMode;
import dev.sockbed.bench.link.TunLink;
import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.Timeline;
import dev.sockbed.common.command.MissingException;
import dev.sockbed.common.linux.NotOnThisSystemException;
import dev.sockbed.common.linux.NotPermittedException;
import java.io.PrintWriter;

/** Whether links can be real here, and what is done where they can't. */
public final class RealLinks {
  private RealLinks() {}

  /**
   * Makes a real link, if one is wanted, and takes it away again.
   *
   * @param warnings learn that there will be a relay, and why
   * @throws MissingException if nothing but a real link will do; it says what else there is
   */
  public static void tryOut(LinkMode mode, PrintWriter warnings) {
    if (mode == LinkMode.RELAY) {
      return;
    }
    try {
      TunLink.open(Timeline.constant(LinkSpec.PERFECT), 0, null).close();
    } catch (NotPermittedException | NotOnThisSystemException e) {
      useRelay(mode, e, warnings);
    }
  }

  /**
   * Goes over to a relay, where a real link can't be had.
   *
   * @param why a real link can't be had
   * @param warnings learn it
   * @throws MissingException if nothing but a real link will do; it says what else there is
   */
  static void useRelay(LinkMode mode, RuntimeException why, PrintWriter warnings) {
    if (mode == LinkMode.TUN) {
      throw new MissingException(why.getMessage() + "; or use --link-mode relay");
    }
    warnings.println("warning: a relay is used: " + why.getMessage());
    warnings.flush();
  }
}
