package dev.sockbed.common.command;

import dev.sockbed.common.TcpConfig;
import dev.sockbed.common.UdpConfig;
import picocli.CommandLine.Mixin;

/** The flags that set up a client's sockets: also from where they talk. */
public final class ClientSocketOptions extends TunedSocketOptions {
  @Mixin private LocalEndOptions local;

  /** From where the sockets talk. */
  public LocalEndOptions local() {
    return local;
  }

  @Override
  public TcpConfig tcp() {
    return super.tcp().withLocal(local.end());
  }

  @Override
  public UdpConfig udp() {
    return super.udp().withLocal(local.end());
  }
}
