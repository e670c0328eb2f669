package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.Toxics;
import dev.sockbed.common.ByteSizes;
import dev.sockbed.common.Durations;
import dev.sockbed.common.command.Values;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a relay can do to TCP connections beside delay, jitter and rate. */
final class ToxicOptions {
  @Option(
      names = "--slicer",
      paramLabel = "BYTES[:TIME]",
      converter = Slicer.class,
      description = "TCP relay: hand over at most so many bytes at once, so long apart.")
  private @Nullable Slices slices;

  @Option(
      names = "--slow-close",
      paramLabel = "TIME",
      description = "TCP relay: keep the end of a stream back so long.")
  private @Nullable Duration slowClose;

  @Option(
      names = "--reset-peer",
      paramLabel = "TIME",
      description = "TCP relay: reset each connection after so long.")
  private @Nullable Duration resetPeer;

  @Option(
      names = {"--black-hole", "--timeout"},
      paramLabel = "TIME",
      description = "TCP relay: let nothing through, and close after so long (0s: never).")
  private @Nullable Duration blackHole;

  @Option(
      names = "--limit-data",
      paramLabel = "BYTES",
      converter = Values.Size.class,
      description = "TCP relay: close each connection after so many bytes one way.")
  private @Nullable Integer limitData;

  /** The most bytes at once, and the time between. */
  record Slices(int bytes, Duration gap) {}

  /** What the flags say. */
  Toxics toxics() {
    return new Toxics(
        slices == null ? 0 : slices.bytes(),
        slices == null ? Duration.ZERO : slices.gap(),
        slowClose == null ? Duration.ZERO : slowClose,
        resetPeer,
        blackHole,
        limitData == null ? 0 : limitData);
  }

  /** Reads {@code 64} or {@code 64:1ms}. */
  static final class Slicer implements ITypeConverter<Slices> {
    @Override
    public Slices convert(String text) {
      int colon = text.indexOf(':');
      try {
        int bytes = ByteSizes.parse(colon < 0 ? text : text.substring(0, colon));
        if (bytes < 1) {
          throw new TypeConversionException("a slice is at least 1 byte, not '" + text + "'");
        }
        Duration gap = colon < 0 ? Duration.ZERO : Durations.parse(text.substring(colon + 1));
        return new Slices(bytes, gap);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
