package dev.sockbed.common.command;

import dev.sockbed.common.Address;
import dev.sockbed.common.ByteSizes;
import dev.sockbed.common.Durations;
import dev.sockbed.common.IoMode;
import dev.sockbed.common.Percentages;
import dev.sockbed.common.Rates;
import dev.sockbed.common.ThreadKind;
import dev.sockbed.common.WaitStrategy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How the command line reads values; each fault is told in the words of the type itself. */
public final class Values {
  /** The most that is counted. */
  private static final int MOST = 999_999_999;

  private Values() {}

  /**
   * Teaches a command line, and its subcommands, our types, and to take arguments as they are
   * given: {@code @name} is no file of further arguments, whether or not there is one.
   */
  public static void register(CommandLine commandLine) {
    commandLine.setExpandAtFiles(false);
    commandLine.registerConverter(Address.class, text -> read(Address::parse, text));
    commandLine.registerConverter(Duration.class, text -> read(Durations::parse, text));
    commandLine.registerConverter(WaitStrategy.class, text -> read(WaitStrategy::parse, text));
    commandLine.registerConverter(ThreadKind.class, text -> read(Values::threadKind, text));
    commandLine.registerConverter(IoMode.class, text -> read(Values::ioMode, text));
    commandLine.registerConverter(long.class, text -> read(Values::wholeNumber, text));
    commandLine.registerConverter(Path.class, Values::path);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(Failures.whatIsWrongWith(e));
    }
  }

  private static long wholeNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a whole number of 64 bits: '" + text + "'", e);
    }
  }

  /** Reads a size of at least 1 byte: for options declared with this converter. */
  public static final class Size implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int bytes = read(ByteSizes::parse, text);
      if (bytes < 1) {
        throw new TypeConversionException("must be at least 1 byte, not " + text);
      }
      return bytes;
    }
  }

  /** Reads a port, 0 to 65535: for options declared with this converter. */
  public static final class Port implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("0|[1-9]\\d{0,4}") || Integer.parseInt(text) > 65_535) {
        throw new TypeConversionException("a port is a number from 0 to 65535, not '" + text + "'");
      }
      return Integer.parseInt(text);
    }
  }

  /** Reads a whole number of at least 1: for options declared with this converter. */
  public static final class Count implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1) {
        throw new TypeConversionException(
            "must be a whole number from 1 to 999999999, not '" + text + "'");
      }
      return Integer.parseInt(text);
    }
  }

  /** Reads numbers of processors, {@code 1} or {@code 0,1}: for options declared so. */
  public static final class Processors implements CommandLine.ITypeConverter<List<Integer>> {
    @Override
    public List<Integer> convert(String text) {
      List<String> numbers = List.of(text.split(",", -1));
      if (!numbers.stream().allMatch(number -> number.matches("\\d{1,4}"))) {
        throw new TypeConversionException(
            "not processors: '" + text + "' (write their numbers, as in 0 or 0,1)");
      }
      return numbers.stream().map(Integer::valueOf).toList();
    }
  }

  /** Reads a duration longer than zero: for options declared with this converter. */
  public static final class PositiveDuration implements CommandLine.ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration duration = read(Durations::parse, text);
      if (duration.isZero()) {
        throw new TypeConversionException("must be longer than zero, not '" + text + "'");
      }
      return duration;
    }
  }

  /** Reads a percentage, {@code 0%} to {@code 100%}, as a part of 1: for options declared so. */
  public static final class Percent implements CommandLine.ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(Percentages::parse, text);
    }
  }

  /** Reads a rate, as messages a second: for options declared with this converter. */
  public static final class Rate implements CommandLine.ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return read(Rates::parse, text);
    }
  }

  /** Reads a rate that is a whole number of at least 1: for options declared so. */
  public static final class WholeRate implements CommandLine.ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      double rate = read(Rates::parse, text);
      if (rate < 1 || rate > MOST || rate != Math.rint(rate)) {
        throw new TypeConversionException(
            "must be a whole rate from 1/s to " + MOST + "/s, not '" + text + "'");
      }
      return (int) rate;
    }
  }

  private static IoMode ioMode(String text) {
    for (IoMode mode : IoMode.values()) {
      if (mode.label().equals(text.toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "not a way to call the system: '" + text + "' (plain, batched or auto)");
  }

  private static ThreadKind threadKind(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "platform" -> ThreadKind.PLATFORM;
      case "virtual" -> ThreadKind.VIRTUAL;
      default ->
          throw new IllegalArgumentException(
              "not a kind of thread: '" + text + "' (platform or virtual)");
    };
  }

  /**
   * Reads a value of a type that says itself what is wrong with it.
   *
   * @param parser throws {@link IllegalArgumentException} with that sentence
   * @throws TypeConversionException with the same sentence
   */
  public static <T> T read(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
