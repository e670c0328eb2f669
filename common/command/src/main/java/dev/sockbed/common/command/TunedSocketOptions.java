package dev.sockbed.common.command;

import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import picocli.CommandLine.Mixin;

/** The flags that set sockets up, with those for the options of {@code setsockopt(2)}. */
public class TunedSocketOptions extends SocketOptions {
  @Mixin private SystemOptionFlags system;

  /** The options of {@code setsockopt(2)}. */
  public SystemOptionFlags system() {
    return system;
  }

  @Override
  public TcpConfig tcp() {
    return system.change(super.tcp());
  }

  @Override
  public UdpConfig udp() {
    return system.change(super.udp());
  }
}
