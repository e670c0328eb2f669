package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a preset's name or a link in words, as in {@code wifi-poor,loss=5%}. */
public final class LinkSpecConverter implements ITypeConverter<LinkSpec> {
  @Override
  public LinkSpec convert(String text) {
    try {
      return LinkText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
