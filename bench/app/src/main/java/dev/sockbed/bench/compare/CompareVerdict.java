package dev.sockbed.bench.compare;

import dev.sockbed.bench.limit.Requirement;
import dev.sockbed.bench.report.Report;
import dev.sockbed.bench.result.WorkloadFinding;
import dev.sockbed.common.command.ExitStatus;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a whole comparison's exit status is. */
final class CompareVerdict {
  private CompareVerdict() {}

  /**
   * The status: a need that nothing meets is a bad answer, and so is a limit that was not kept.
   *
   * @param tell gets a line for each such limit
   */
  static int status(
      @Nullable WorkloadFinding need,
      boolean strict,
      List<Requirement> limits,
      Consumer<String> tell) {
    List<String> missed = Report.missed(limits);
    missed.forEach(what -> tell.accept("FAIL: " + what));
    if (!missed.isEmpty() || (need != null && all(need, WorkloadFinding.DOES_NOT_MEET))) {
      return ExitStatus.BAD_ANSWER;
    }
    boolean open =
        need != null
            && need.variants().stream()
                .anyMatch(variant -> variant.answer().equals(WorkloadFinding.CANT_TELL));
    return open && strict ? ExitStatus.CANT_TELL : ExitStatus.OK;
  }

  private static boolean all(WorkloadFinding need, String answer) {
    return need.variants().stream().allMatch(variant -> variant.answer().equals(answer));
  }
}
