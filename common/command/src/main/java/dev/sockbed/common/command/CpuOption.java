package dev.sockbed.common.command;

import dev.sockbed.common.linux.CpuAffinity;
import java.util.List;
import picocli.CommandLine.Option;

/** The flag that says on which processors a command's threads run. */
public final class CpuOption {
  @Option(
      names = "--cpus",
      paramLabel = "N[,N...]",
      converter = Values.Processors.class,
      description = "Run on these processors only, as in 0,1 (Linux; default: where it likes).")
  private List<Integer> processors = List.of();

  /** The numbers given, or none. */
  public List<Integer> processors() {
    return processors;
  }

  /**
   * Keeps the calling thread, and all that it starts from now on, to the processors given.
   *
   * @throws UsageException if one of them is not there
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if some were given and this system
   *     can't do it
   */
  public void pin() {
    if (!processors.isEmpty()) {
      check(processors);
      CpuAffinity.pin(processors);
    }
  }

  /**
   * After {@link #pin}, keeps the calling thread to one of the processors given: in turns. What was
   * checked there is not checked again, since a thread that had its turn may use but one of them.
   *
   * @param turn from 0; another turn than the one before takes the next processor
   */
  public void pinToOne(int turn) {
    if (!processors.isEmpty()) {
      CpuAffinity.pin(List.of(processors.get(turn % processors.size())));
    }
  }

  /**
   * Makes sure that the calling thread may use processors.
   *
   * @throws UsageException if it may not
   * @throws dev.sockbed.common.linux.NotOnThisSystemException if this system can't tell
   */
  public static void check(List<Integer> processors) {
    for (int processor : processors) {
      if (!CpuAffinity.allowed().contains(processor)) {
        throw new UsageException(
            "--cpus: there is no processor " + processor + " here, only " + CpuAffinity.allowed());
      }
    }
  }
}
