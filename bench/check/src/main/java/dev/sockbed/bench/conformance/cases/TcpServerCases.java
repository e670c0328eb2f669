package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Case;
import dev.sockbed.bench.conformance.Protocol;
import dev.sockbed.bench.conformance.Role;
import dev.sockbed.common.Transport;
import java.util.List;

/**
 * What a TCP echo server must stand.
 *
 * @see UdpServerCases
 */
final class TcpServerCases {
  private TcpServerCases() {}

  static List<Case<TcpServerScene>> of(Protocol protocol) {
    CaseList<TcpServerScene> list = new CaseList<>(protocol, Role.SERVER, Transport.TCP);
    TcpServerByteCases.addTo(list);
    TcpServerStreamCases.addTo(list);
    TcpServerCompanyCases.addTo(list);
    TcpServerEndCases.addTo(list);
    return list.cases();
  }
}
