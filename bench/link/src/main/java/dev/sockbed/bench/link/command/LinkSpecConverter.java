package dev.sockbed.bench.link.command;

import dev.sockbed.bench.link.model.LinkSpec;
import dev.sockbed.bench.link.model.LinkText;
import dev.sockbed.common.command.Values;
import picocli.CommandLine.ITypeConverter;

/** Reads a preset's name or a link in words, as in {@code wifi-poor,loss=5%}. */
public final class LinkSpecConverter implements ITypeConverter<LinkSpec> {
  @Override
  public LinkSpec convert(String text) {
    return Values.read(LinkText::parse, text);
  }
}
