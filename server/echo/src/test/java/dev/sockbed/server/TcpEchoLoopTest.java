package dev.sockbed.server;

import dev.sockbed.common.Address;
import dev.sockbed.common.SocketFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One thread for all connections. */
@ParameterizedClass
@MethodSource("dev.sockbed.server.Way#plain")
@Tag("socket")
class TcpEchoLoopTest extends TcpEchoServerContract {
  @Override
  EchoServer open(Address local, TcpEchoServerConfig config) throws SocketFailure {
    return TcpEchoLoop.open(local, config);
  }
}
