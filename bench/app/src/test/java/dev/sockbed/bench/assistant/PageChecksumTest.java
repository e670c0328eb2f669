package dev.sockbed.bench.assistant;

import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class PageChecksumTest {
  private final AssistantPage page;
  private final Tab tab;

  PageChecksumTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void theChecksumThatIsChosenFollowsTheLineEndUntilNoneIsChosen() {
    int port = page.openSession("tcp-server");
    String read =
        """
        import socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        while data := s.recv(100): print(data.hex(), flush=True)
        """;
    try (Peer python = Peer.python(read, port)) {
      tab.awaitText("#peer-count", "1");
      String[][] all = {
        {"sum", "313233343536373839dd"},
        {"xor", "31323334353637383931"},
        {"crc16-modbus", "313233343536373839374b"},
        {"crc32", "313233343536373839cbf43926"}
      };
      for (String[] one : all) {
        tab.choose("#checksum", one[0]);
        page.send("123456789");
        python.awaitOutput(one[1]);
      }
      tab.choose("#ending", "lf");
      tab.choose("#checksum", "xor");
      page.send("123456789");
      python.awaitOutput("3132333435363738390a3b");
      tab.choose("#checksum", "");
      page.send("plain");
      python.awaitOutput("706c61696e0a\n");
      tab.awaitText(".row.sent", "123456789\\xcb\\xf49&");
    }
  }
}
