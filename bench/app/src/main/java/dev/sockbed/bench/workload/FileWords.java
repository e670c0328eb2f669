package dev.sockbed.bench.workload;

import dev.sockbed.bench.result.Cell;
import dev.sockbed.bench.result.Numbers;
import dev.sockbed.bench.result.TransferDetail;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.bench.result.WorkloadFinding.OfVariant;
import dev.sockbed.common.Durations;
import java.util.List;
import java.util.Objects;

/** What is said of a way of sending files. */
final class FileWords {
  private FileWords() {}

  /**
   * All that was found of one, in a sentence.
   *
   * @param excused files that were not in time, and may have been but for this machine
   */
  static String sentence(OfVariant found, FileNeed need, List<Cell> trials, long excused) {
    StringBuilder text =
        new StringBuilder(
            "%s %s: %s of the files were whole within %s%s"
                .formatted(
                    found.variant(),
                    WorkloadWords.verb(found.answer()),
                    Numbers.share(Objects.requireNonNull(found.share())),
                    Durations.inWords(need.deadline()),
                    WorkloadWords.interval(found)));
    WorkloadFinding.Transfer transfer = found.transfer();
    if (transfer != null) {
      text.append(
          "; the last byte was there after %s (half of them: %s to %s), %s"
              .formatted(
                  Numbers.time(transfer.medianNs()),
                  Numbers.time(transfer.quarterNs()),
                  Numbers.time(transfer.threeQuartersNs()),
                  Numbers.bits(transfer.bitsPerSecond())));
      if (transfer.upNs() != null && transfer.downNs() != null) {
        text.append(
            "; up %s, down %s"
                .formatted(Numbers.time(transfer.upNs()), Numbers.time(transfer.downNs())));
      }
    }
    if (found.variant().equals("udp")) {
      plain(trials, need, text);
    }
    if (excused > 0 && !found.answer().equals(WorkloadFinding.MEETS)) {
      text.append(
          "; this machine itself may have held up " + Numbers.counted(excused, "file", "files"));
    }
    boolean relay =
        trials.stream().anyMatch(cell -> FileAnswers.detail(cell).mode().equals("relay"));
    if (relay && found.variant().equals("tcp")) {
      text.append("; through a relay, which loses no TCP segment");
    }
    return text.toString();
  }

  /** Plain datagrams bring a file only where nothing is lost; how much of it came is said. */
  private static void plain(List<Cell> trials, FileNeed need, StringBuilder text) {
    long broken =
        trials.stream()
            .filter(cell -> cell.outcomes().lost() + cell.outcomes().truncated() > 0)
            .count();
    if (broken == 0) {
      return;
    }
    long arrived =
        trials.stream().map(FileAnswers::detail).mapToLong(TransferDetail::arrivedBytes).sum();
    text.append(
        "; it sends nothing again, and %s of the bytes came"
            .formatted(Numbers.percent(arrived, (long) need.sizeBytes() * trials.size())));
  }
}
