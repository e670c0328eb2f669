package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A thread for each connection. */
@ParameterizedClass
@MethodSource("dev.sockbed.server.Way#all")
@Tag("socket")
class TcpEchoServerTest extends TcpEchoServerContract {
  @Override
  EchoServer open(Address local, TcpEchoServerConfig config) throws SocketFailure {
    return TcpEchoServer.open(local, config);
  }
}
