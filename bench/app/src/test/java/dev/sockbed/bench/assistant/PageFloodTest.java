package dev.sockbed.bench.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.testing.Tab;
import dev.sockbed.common.testing.Peer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.JsonNodeFactory;

/** The page while more comes than anybody reads. */
@ExtendWith(AssistantPage.Shared.class)
@Tag("browser")
final class PageFloodTest {
  private final AssistantPage page;
  private final Tab tab;

  PageFloodTest(AssistantPage page) {
    this.page = page;
    this.tab = page.tab();
  }

  @Test
  void tenThousandRowsStaySmoothInBoundedMemory() {
    int port = page.openSession("tcp-server");
    String flood =
        """
        import socket, sys
        s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
        for line in sys.stdin:
            for i in range(15000): s.sendall(b'%0128d' % i)
            print('flooded', line.strip())
        """;
    try (Peer python = Peer.python(flood, port)) {
      python.type("1\n");
      python.awaitOutput("flooded 1");
      tab.awaitText(".row.received", "14999");
      tab.awaitText("#dropped", "older rows dropped");
      assertThat(tab.evaluate("document.querySelectorAll('.row').length").asInt()).isLessThan(100);
      assertThat(
              tab.evaluate("+document.querySelector('#list').getAttribute('aria-rowcount')")
                  .asInt())
          .isBetween(9_000, 10_000);
      tab.type("#search", "0014998");
      tab.awaitTrue("document.querySelector('#list').getAttribute('aria-rowcount') === '1'");
      tab.type("#search", "");
      tab.awaitTrue("+document.querySelector('#list').getAttribute('aria-rowcount') > 9000");
      assertThat(medianFrameMillisWhileScrolling()).isLessThan(200);

      long before = heapBytes();
      tab.click("#clear");
      tab.awaitTrue("document.querySelectorAll('.row:not([hidden])').length === 0");
      python.type("2\n");
      python.awaitOutput("flooded 2");
      tab.awaitText(".row.received", "14999");
      assertThat(heapBytes() - before).isLessThan(15_000_000);
    }
  }

  /** Through the whole list in 60 steps, a frame each. */
  private double medianFrameMillisWhileScrolling() {
    return tab.evaluate(
            """
            (async () => {
              const list = document.querySelector('#list');
              const frame = () => new Promise(done => requestAnimationFrame(done));
              const times = [];
              for (let i = 0; i <= 60; i++) {
                list.scrollTop = list.scrollHeight * i / 60;
                const begin = performance.now();
                await frame();
                await frame();
                times.push((performance.now() - begin) / 2);
              }
              return times.sort((a, b) => a - b)[30];
            })()
            """)
        .asDouble();
  }

  private long heapBytes() {
    tab.call("HeapProfiler.collectGarbage", JsonNodeFactory.instance.objectNode());
    return tab.call("Runtime.getHeapUsage", JsonNodeFactory.instance.objectNode())
        .path("usedSize")
        .asLong();
  }
}
