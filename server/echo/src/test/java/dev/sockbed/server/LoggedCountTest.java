package dev.sockbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sockbed.common.Address;
import dev.sockbed.common.SocketError;
import dev.sockbed.common.SocketFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

@Tag("unit")
class LoggedCountTest {
  private final Logger log = (Logger) LoggerFactory.getLogger("sockbed.test.LoggedCount");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final LoggedCount count =
      new LoggedCount(log, Address.parse("udp://127.0.0.1:10000"), "over the limit");
  private final InetSocketAddress caller =
      new InetSocketAddress(InetAddress.ofLiteral("::1"), 4000);

  @BeforeEach
  void collectLines() {
    log.setAdditive(false);
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void collectNoMore() {
    log.detachAppender(lines);
  }

  @Test
  void aFloodIsCountedWholeAndToldOnceASecond() {
    long start = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      count.add(caller);
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;

    assertThat(count.sum()).isEqualTo(10_000);
    assertThat(lines.list).hasSizeBetween(1, (int) seconds + 1);
  }

  @Test
  void theLineNamesServerReasonAndCaller() {
    count.add(caller);

    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage())
              .isEqualTo("udp://127.0.0.1:10000: over the limit: udp://[::1]:4000 (1 so far)");
          assertThat(line.getThrowableProxy()).isNull();
        });
  }

  @Test
  void aFailureIsToldInItsOwnWordsWithoutItsTrace() {
    count.add(new SocketFailure(SocketError.UNREACHABLE, "sendto udp://[::1]:4000", null));

    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getFormattedMessage()).contains("sendto udp://[::1]:4000: unreachable");
          assertThat(line.getThrowableProxy()).isNull();
        });
  }

  @Test
  void whatIsNothingToTellIsOnlyCounted() {
    count.addQuietly();

    assertThat(count.sum()).isEqualTo(1);
    assertThat(lines.list).isEmpty();
  }
}
