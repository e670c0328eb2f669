package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.LinkMode;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code tun}, {@code relay} or {@code auto}. */
public final class LinkModeConverter implements ITypeConverter<LinkMode> {
  @Override
  public LinkMode convert(String text) {
    return Arrays.stream(LinkMode.values())
        .filter(mode -> mode.label().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "not a way to make a link: '" + text + "' (tun, relay or auto)"));
  }
}
