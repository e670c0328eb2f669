#!/usr/bin/env python3
"""Does diff raise an alarm when it should, and only then?

  bench/diff-on-known-truth.py same [PAIRS]    pairs of runs of the same build: each alarm is false
  bench/diff-on-known-truth.py slowed [PAIRS]  a server, and the same one with a busy wait of a
                                               tenth of the round trip: each silence is a miss

Prints a line for each pair and a sum at the end. It takes a minute for each pair of the first
kind and half of that for the second. Needs Linux, what `mvn package` has built, and a JDK 25,
which JAVA names if it is not the java of the search path. The runs stay in RESULTS, if that names
a directory.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SERVER = "dev.sockbed.bench.diff.SlowedEchoServer"
PORT = 21007
SLOWER_BY = 0.10
JAVA = [
    os.environ.get("JAVA", "java"),
    "-XX:+UseSerialGC",
    "--enable-native-access=ALL-UNNAMED",
    "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
]


class Build:
    """The build under test: a copy, so that building anew on the way does not change it."""

    def __init__(self, work):
        self.jar = shutil.copy(HERE / "target" / "sockbed.jar", work)
        self.tests = shutil.copytree(HERE / "target" / "test-classes", work / "test-classes")

    def run(self, *arguments):
        command = [*JAVA, "-jar", self.jar, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def compare(self, result, *arguments):
        done = self.run("compare", "--quick", "--json", result, *arguments)
        if done.returncode != 0:
            sys.exit(done.stderr)

    def alarm(self, first, second):
        """Whether diff finds a slow-down, and its verdict."""
        done = self.run("diff", first, second)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        return done.returncode == 1, done.stdout.strip().splitlines()[-1]

    def serve(self, waits, cpu):
        """Starts the server; waits are nanoseconds for each message over TCP and over UDP."""
        classes = f"{self.jar}:{self.tests}"
        command = [*JAVA, "-cp", classes, SERVER, *map(str, (PORT, cpu, *waits))]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def compare_with(build, result, waits, cpu):
    """Both ends on one processor, where a round trip is shortest and steadiest."""
    with build.serve(waits, cpu) as server:
        server.stdout.readline()
        target = f"tcp://127.0.0.1:{PORT}"
        build.compare(result, "--only", "rtt,floor", "--trials", 20, "--cpus", cpu, target)
        server.stdin.close()


def medians(result):
    """The median of the trials' median round trips of 128 bytes, over TCP and over UDP."""
    cells = [c for c in json.loads(result.read_text())["cells"] if c["scenario"] == "rtt"]
    for transport in ("tcp", "udp"):
        trials = [c for c in cells if c["transport"] == transport and c["sizeBytes"] == 128]
        values = sorted(c["serviceNs"]["p50"] for c in trials)
        yield values[len(values) // 2]


def same(build, work, number):
    first, second = work / f"same-{number}-a.json", work / f"same-{number}-b.json"
    build.compare(first)
    build.compare(second)
    return build.alarm(first, second)


def slowed(build, work, number):
    cpu = max(os.sched_getaffinity(0))
    first, second = work / f"slowed-{number}-a.json", work / f"slowed-{number}-b.json"
    compare_with(build, first, (0, 0), cpu)
    compare_with(build, second, [round(SLOWER_BY * ns) for ns in medians(first)], cpu)
    return build.alarm(first, second)


def main():
    kinds = {"same": (same, 20), "slowed": (slowed, 10)}
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in kinds:
        sys.exit(__doc__.strip())
    kind, usual = kinds[sys.argv[1]]
    pairs = int(sys.argv[2]) if len(sys.argv) == 3 else usual
    kept = os.environ.get("RESULTS")
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(pathlib.Path(scratch))
        work = pathlib.Path(kept or scratch)
        alarms = 0
        for number in range(1, pairs + 1):
            alarm, verdict = kind(build, work, number)
            alarms += alarm
            print(f"{number:3}  {'ALARM' if alarm else 'quiet'}  {verdict}", flush=True)
    print(f"{alarms} alarms in {pairs} pairs")


if __name__ == "__main__":
    main()
