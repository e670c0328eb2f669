#!/usr/bin/env python3
"""Does diff raise an alarm when it should, and only then?

  bench/diff-on-known-truth.py same [PAIRS]    pairs of runs of the same build: each alarm is false
  bench/diff-on-known-truth.py slowed [PAIRS]  a server, and the same one with a busy wait of a
                                               tenth of the round trip: each silence is a miss
  bench/diff-on-known-truth.py losing [PAIRS]  a server that answers every datagram, and one that
                                               leaves one in a hundred unanswered
  bench/diff-on-known-truth.py dying [PAIRS]   a run, and the same one with no reply in four trials
                                               of ten of one point: no server is needed for that
  bench/diff-on-known-truth.py judge DIR...    pairs of runs that were kept: measures nothing

Prints a line for each pair and a sum at the end, in which a pair that was cut short does not count; the
exit status is 1 if there are more false alarms or misses than are put up with (1 of 20, 1 of 10, none, none).
A pair takes a minute, of the last two kinds some seconds. After MINUTES, if that names a number, no
further pair is begun.
Needs Linux and what `mvn package` has built. The runs stay in RESULTS, if that names a directory, so that another method can
be tried on the same runs.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
SERVER = "dev.sockbed.bench.diff.SlowedEchoServer"
PORT = 21007
SLOWER_BY = 0.10
JAVA = [str(HERE.parent / "sockbed"), "--java"]


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
        """Whether diff finds a slow-down, or None if a run was cut short; and its verdict."""
        done = self.run("diff", first, second)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        verdict = done.stdout.strip().splitlines()[-1]
        lines = done.stdout.splitlines()
        cut_short = sum("too few trials" in line for line in lines) > len(lines) / 2
        return None if cut_short else done.returncode == 1, verdict

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


ECHO = """
import socket, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("127.0.0.1", int(sys.argv[1])))
    print("bound", flush=True)
    every = int(sys.argv[2])
    count = 0
    while True:
        message, sender = server.recvfrom(2048)
        count += 1
        if not every or count % every:
            server.sendto(message, sender)
"""


def losing(build, work, number):
    """One datagram in a hundred stays unanswered, in ten trials of 4,000."""
    results = []
    for side, every in (("a", 0), ("b", 100)):
        result = work / f"losing-{number}-{side}.json"
        command = [sys.executable, "-c", ECHO, str(PORT), str(every)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            server.stdout.readline()
            done = build.run(
                "load", f"udp://127.0.0.1:{PORT}", "--rate", "2000/s", "--duration", "2s",
                "--warmup", "200ms", "--deadline", "300ms", "--trials", 10, "--json", result)
            server.kill()
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        results.append(result)
    return build.alarm(*results)


def dying(build, work, number):
    """The same numbers, but for four trials of ten."""
    first, second = work / f"dying-{number}-a.json", work / f"dying-{number}-b.json"
    build.compare(first, "--only", "rtt", "--trials", 10)
    results = json.loads(first.read_text())
    for cell in results["cells"]:
        at = (cell["transport"], cell["scenario"], cell["sizeBytes"], cell["placement"])
        if at == ("udp", "rtt", 128, results["cells"][0]["placement"]) and cell["trial"] > 6:
            sent = cell["sent"]
            cell["outcomes"] = {key: 0 for key in cell["outcomes"]} | {"lost": sent}
            cell["serviceNs"] = {key: None for key in cell["serviceNs"]} | {"count": 0}
            cell["histogram"] = None
            cell["messagesPerSecond"] = 0.0
    second.write_text(json.dumps(results))
    return build.alarm(first, second)


def report(verdicts, good):
    """Prints each pair as it is judged, and the sum; good says whether that many alarms are."""
    words = {True: "ALARM", False: "quiet", None: "-----"}
    alarms = []
    for number, (alarm, verdict) in enumerate(verdicts, start=1):
        alarms.append(alarm)
        print(f"{number:3}  {words[alarm]}  {verdict}", flush=True)
    judged = [alarm for alarm in alarms if alarm is not None]
    print(f"{sum(judged)} alarms in {len(judged)} pairs")
    return good(sum(judged), len(judged))


def judge(build, directories):
    for directory in directories:
        for first in sorted(pathlib.Path(directory).glob("*-a.json")):
            second = first.with_name(first.name.replace("-a.json", "-b.json"))
            if second.exists():
                yield build.alarm(first, second)
            else:
                yield None, f"{first} has no second run"


def measure(build, scratch, kind, pairs):
    work = pathlib.Path(os.environ.get("RESULTS") or scratch)
    end = time.monotonic() + 60 * float(os.environ.get("MINUTES") or 24 * 60)
    for number in range(1, pairs + 1):
        if time.monotonic() > end:
            print(f"time is up after {number - 1} of {pairs} pairs", flush=True)
            return
        yield kind(build, work, number)


def main():
    kinds = {
        "same": (same, 20, lambda alarms, pairs: alarms <= 1),
        "slowed": (slowed, 10, lambda alarms, pairs: alarms >= 0.9 * pairs),
        "losing": (losing, 10, lambda alarms, pairs: alarms == pairs),
        "dying": (dying, 10, lambda alarms, pairs: alarms == pairs),
    }
    task, *arguments = sys.argv[1:] or [None]
    if not (task == "judge" and arguments or task in kinds and len(arguments) < 2):
        sys.exit(__doc__.strip())
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(pathlib.Path(scratch))
        if task == "judge":
            report(judge(build, arguments), lambda alarms, pairs: True)
            return 0
        kind, usual, good = kinds[task]
        pairs = int(arguments[0]) if arguments else usual
        return 0 if report(measure(build, pathlib.Path(scratch), kind, pairs), good) else 1


if __name__ == "__main__":
    sys.exit(main())
