package dev.sockbed.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.SockbedRun;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code compare} refuses before it measures anything. */
@Tag("socket")
final class CompareUsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --quick --full                         | 2 | --quick and --full contradict
          127.0.0.1:10000                        | 2 | tcp://HOST:PORT
          tcp://127.0.0.1:0                      | 2 | port 0
          tcp://127.0.0.1:99999                  | 2 | 0 to 65535
          tcp://127.0.0.1:7 tcp://127.0.0.1:8    | 2 | two targets over tcp
          tcp://no.such.host.invalid:7           | 3 | no.such.host.invalid
          --receive-limit 0                      | 2 | at least 1 byte
          --threads green                        | 2 | platform or virtual
          --wait later                           | 2 | block, spin
          --seed many                            | 2 | --seed
          --only speed                           | 2 | there are setup, floor, rtt,
          --cpus one                             | 2 | write their numbers
          --trials 0                             | 2 | --trials
          --trials 1001                          | 2 | --trials must be at most 1000
          --forks 0                              | 2 | --forks
          --forks 101                            | 2 | --forks must be at most 100
          --link lan tcp://127.0.0.1:1           | 2 | before servers of compare's own
          --only rtt,link tcp://127.0.0.1:1      | 2 | before servers of compare's own
          --only rtt --link lan                  | 2 | --link is for the scenario link
          --for chess                            | 2 | there are sensor, game, voice
          --for game --only rtt                  | 2 | a need has its own
          --for game --quick --full              | 2 | --quick and --full contradict
          --for game tcp://127.0.0.1:1           | 2 | before servers of compare's own
          --for game --must-arrive 100%          | 2 | no number of messages shows that all arrive
          --for game --must-arrive 0%            | 2 | above 0%
          --for game --size 7                    | 2 | --size must be 8 to
          --for game --rate 0/s                  | 2 | --rate must be above 0
          --for game --rate 100000/s             | 2 | at most 5,000 messages a second
          --deadline 31s                         | 2 | at most 30 s
          --connections 100000                   | 2 | --connections must be 1 to 500
          --direction up                         | 2 | --direction is for --for file
          --for sensor --direction up            | 2 | --direction is for --for file
          --for file --direction left            | 2 | files go up, down or both
          --for file --rate 5/s                  | 2 | --rate is for messages
          --for file --connections 2             | 2 | --connections is for messages
          --for file --size 1GiB                 | 2 | --size must be 1 to 67,108,864 bytes of a file
          --for file --deadline 3m               | 2 | at most 2 min for a file
          --junit x.xml                          | 2 | --junit has no test cases without a need
          --max-p99 0s                           | 2 | --max-p99
          --json - --csv -                       | 2 | both claim standard output
          --strict                               | 2 | --strict is for a need
          --variants tcp                         | 2 | --variants is for a need
          --for game --variants tcp+nope         | 2 | not a variant: 'tcp+nope'
          --for game --variants udp,udp          | 2 | the variant udp is named twice
          --for game --link-mode relay --variants udp,tcp+bbr | 2 | tcp+bbr can't be told from tcp over a relay
          """)
  void badInputIsOneLineAndTheRightStatus(String arguments, int status, String message) {
    SockbedRun compare =
        SockbedRun.of(
            Stream.concat(Stream.of("compare"), Stream.of(arguments.split(" ")))
                .toArray(String[]::new));

    assertThat(compare.status()).as(compare.errors()).isEqualTo(status);
    assertThat(compare.errors().lines()).as(compare.errors()).hasSize(1);
    assertThat(compare.errors()).startsWith("sockbed compare: ").contains(message);
    assertThat(compare.output()).isEmpty();
  }
}
