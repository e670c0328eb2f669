package dev.sockbed.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sockbed.bench.result.Environment;
import dev.sockbed.bench.result.TimesNs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The instrument, looked at. */
@Tag("unit")
class CalibrationTest {
  private static final Environment.Cpu QUIET_CPU = new Environment.Cpu(4, null, null, null, null);
  private static final Environment.Clock FINE = new Environment.Clock(20, 25);
  private static final Environment.Noise QUIET = new Environment.Noise(100_000_000, 8_000, 0.001);

  @TempDir private Path root;

  @Test
  void thisMachineIsMeasured() {
    Environment environment = Calibration.measure();

    assertThat(environment.clock().stepNs()).isPositive();
    assertThat(environment.clock().costNs()).isPositive();
    assertThat(environment.timer().count()).isEqualTo(1_000);
    assertThat(environment.timer().min()).isNotNegative();
    assertThat(environment.noise().lostShare()).isBetween(0.0, 1.0);
    assertThat(environment.noise().longestPauseNs()).isPositive();
    assertThat(environment.cpu().processors()).isPositive();
    assertThat(environment.os().name()).isNotBlank();
    assertThat(environment.jvm().collectors()).isNotEmpty();
  }

  @Test
  void aQuietMachineIsNotWarnedAbout() {
    assertThat(Calibration.warnings(QUIET_CPU, 0.3, FINE, timer(60_000), QUIET)).isEmpty();
  }

  @Test
  void eachThingThatSpoilsTimesIsWarnedAbout() {
    Environment.Cpu saving = new Environment.Cpu(4, null, null, null, "powersave");

    assertThat(warned(QUIET_CPU, 3, FINE, 60_000, QUIET)).contains("load average 3.0 on 4");
    assertThat(warned(QUIET_CPU, 0, new Environment.Clock(40_000, 30), 60_000, QUIET))
        .contains("steps of 40000 ns");
    assertThat(warned(QUIET_CPU, 0, FINE, 5_000_000, QUIET)).contains("5000 µs late");
    assertThat(warned(QUIET_CPU, 0, FINE, 60_000, new Environment.Noise(100, 50, 0.125)))
        .contains("12.5 % of the time");
    assertThat(warned(saving, 0, FINE, 60_000, QUIET)).contains("powersave");
  }

  @Test
  void theProcessorIsReadFromLinuxFiles() throws IOException {
    write(
        "proc/cpuinfo",
        """
        processor\t: 0
        model name\t: AMD EPYC
        cpu MHz\t\t: 2596.134
        flags\t\t: fpu vme hypervisor lahf_lm

        processor\t: 1
        model name\t: another
        """);
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");

    Environment.Cpu cpu = new CpuFiles(root).cpu();

    assertThat(cpu.model()).isEqualTo("AMD EPYC");
    assertThat(cpu.megahertz()).isEqualTo(2596.134);
    assertThat(cpu.virtual()).isTrue();
    assertThat(cpu.governor()).isEqualTo("performance");
  }

  @Test
  void aProcessorThatNamesNoHypervisorIsNotVirtual() throws IOException {
    write("proc/cpuinfo", "flags\t\t: fpu vme\n");

    assertThat(new CpuFiles(root).cpu().virtual()).isFalse();
  }

  @Test
  void whatTheSystemDoesNotTellIsNull() {
    Environment.Cpu cpu = new CpuFiles(root).cpu();

    assertThat(cpu.processors()).isPositive();
    assertThat(cpu.model()).isNull();
    assertThat(cpu.megahertz()).isNull();
    assertThat(cpu.virtual()).isNull();
    assertThat(cpu.governor()).isNull();
  }

  private static String warned(
      Environment.Cpu cpu,
      double load,
      Environment.Clock clock,
      long late,
      Environment.Noise noise) {
    List<String> warnings = Calibration.warnings(cpu, load, clock, timer(late), noise);
    assertThat(warnings).hasSize(1);
    return warnings.getFirst();
  }

  private static TimesNs timer(long p90) {
    return new TimesNs(1_000, 0L, p90 / 2, p90, p90, null, null, 2 * p90, p90 / 2);
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
