#!/usr/bin/env python3
"""Does diff raise an alarm when it should, and only then?

  bench/diff-on-known-truth.py all [PAIRS]     the four kinds below, one after the other: half an hour
                                               on two quiet processors
  bench/diff-on-known-truth.py same [PAIRS]    pairs of runs of the same build: each alarm is false
  bench/diff-on-known-truth.py slowed [PAIRS]  a server, and the same one with a busy wait of a
                                               tenth of the round trip, twelve short runs of each in
                                               turns (diff --paired): each silence is a miss
  bench/diff-on-known-truth.py losing [PAIRS]  a server that answers every datagram, and one that
                                               leaves one in a hundred unanswered
  bench/diff-on-known-truth.py dying [PAIRS]   a run, and the same one with no reply in four trials
                                               of ten of one point: no server is needed for that
  bench/diff-on-known-truth.py judge DIR...    pairs of runs that were kept: measures nothing

Prints a line for each pair and a table at the end. The exit status is 1 if there are more false alarms or
misses than are put up with (1 of 20, 1 of 10, none, none), or if a pair was cut short and so not judged.

To save time runs stand in more than one pair: of the same build each run in two, as the second of one pair
and as the first of the next; a good server's run between the slowed or losing servers' runs of two pairs;
and a run whose trials die in up to four, each time another point's. Two pairs that share a run share its
luck, so chance alarms may come in twos.

After MINUTES, if that names a number, no further run is begun. Needs Linux and what `mvn package` has
built. The runs stay in RESULTS, if that names a directory, so that another method can be tried on them.
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
PAIRS_OF_A_GOOD_RUN = 2
RUNS_IN_TURNS = 12
TOLERANCE_IN_TURNS = "2%"  # well below what is looked for, so that an interval fits in between
JAVA = [str(HERE.parent / "sockbed"), "--java"]


class Build:
    """The build under test: a copy, so that building anew on the way does not change it."""

    def __init__(self, work):
        self.jar = shutil.copy(HERE / "target" / "sockbed.jar", work)
        self.tests = shutil.copytree(HERE / "app" / "target" / "test-classes", work / "test-classes")

    def run(self, *arguments):
        command = [*JAVA, "-jar", self.jar, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def compare(self, result, *arguments):
        done = self.run("compare", "--quick", "--json", result, *arguments)
        if done.returncode != 0:
            sys.exit(done.stderr)

    def alarm(self, *files):
        """Whether diff finds a slow-down, or None if a run was cut short; and its verdict."""
        done = self.run("diff", *files)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        verdict = done.stdout.strip().splitlines()[-1]
        lines = done.stdout.splitlines()
        cut_short = sum("too few" in line for line in lines) > len(lines) / 2
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
        build.compare(result, "--only", "rtt,floor", "--trials", 4, "--cpus", cpu, target)
        server.stdin.close()


def medians(result):
    """The median of the trials' median round trips of 128 bytes, over TCP and over UDP."""
    cells = [c for c in json.loads(result.read_text())["cells"] if c["scenario"] == "rtt"]
    for transport in ("tcp", "udp"):
        trials = [c for c in cells if c["transport"] == transport and c["sizeBytes"] == 128]
        values = sorted(c["serviceNs"]["p50"] for c in trials if c["serviceNs"]["p50"])
        if trials and not values:
            sys.exit(f"{result}: no trial has a median: this machine is too busy")
        yield values[len(values) // 2] if values else 0


def same(build, work, pairs):
    """A chain: each run is the second of one pair and the first of the next."""
    before = None
    for number in range(pairs + 1):
        run = work / f"same-{number}.json"
        build.compare(run, "--only", "setup,floor,rtt,throughput", "--seed", number + 1)
        if before:
            yield build.alarm(before, run)
        before = run


def slowed(build, work, pairs):
    """Two slowed servers' runs, one before and one after each of the good one's, by turns."""
    cpu = max(os.sched_getaffinity(0))
    for number in range(0, pairs, PAIRS_OF_A_GOOD_RUN):
        good = work / f"slowed-{number}-warm-up.json"
        compare_with(build, good, (0, 0), cpu)
        numbers = range(number, min(number + PAIRS_OF_A_GOOD_RUN, pairs))
        for turn in range(RUNS_IN_TURNS):
            order = [numbers[0], None, *numbers[1:]]
            for slow in order if turn % 2 == 0 else reversed(order):
                if slow is None:
                    good = in_turns(work, number, "a")[turn]
                    compare_with(build, good, (0, 0), cpu)
                else:
                    waits = [round(SLOWER_BY * ns) for ns in medians(good)]
                    compare_with(build, in_turns(work, slow, "b")[turn], waits, cpu)
        for slow in numbers:
            yield alarm_in_turns(build, work, number, slow)


def in_turns(work, number, side):
    return [work / f"slowed-{number}-{turn:02}-{side}.json" for turn in range(RUNS_IN_TURNS)]


def alarm_in_turns(build, work, good, slow):
    return build.alarm(
        "--paired", "--tolerance", TOLERANCE_IN_TURNS,
        *in_turns(work, good, "a"), "--", *in_turns(work, slow, "b"))


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


def losing(build, work, pairs):
    """One datagram in a hundred stays unanswered, in ten trials of 2,000."""
    for number in range(pairs):
        if number % PAIRS_OF_A_GOOD_RUN == 0:
            good = load_to_echo(build, work / f"losing-{number}-a.json", 0)
        yield build.alarm(good, load_to_echo(build, work / f"losing-{number}-b.json", 100))


def load_to_echo(build, result, every):
    command = [sys.executable, "-c", ECHO, str(PORT), str(every)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        server.stdout.readline()
        done = build.run(
            "load", f"udp://127.0.0.1:{PORT}", "--rate", "4000/s", "--duration", "500ms",
            "--warmup", "200ms", "--deadline", "300ms", "--trials", 10, "--json", result)
        server.kill()
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return result


def dying(build, work, pairs):
    """The same numbers, but for four trials of ten of one point; each point dies in its turn."""
    points = []
    for number in range(pairs):
        if not points:
            run = work / f"dying-{number}-a.json"
            build.compare(run, "--only", "rtt", "--trials", 10, "--seed", number + 1)
            points = sorted({point(cell) for cell in json.loads(run.read_text())["cells"]})
        dead = points.pop()
        results = json.loads(run.read_text())
        for cell in results["cells"]:
            if point(cell) == dead and cell["trial"] > 6:
                cell["outcomes"] = {key: 0 for key in cell["outcomes"]} | {"lost": cell["sent"]}
                cell["serviceNs"] = {key: None for key in cell["serviceNs"]} | {"count": 0}
                cell["histogram"] = None
                cell["messagesPerSecond"] = 0.0
        second = work / f"dying-{number}-b.json"
        second.write_text(json.dumps(results))
        yield build.alarm(run, second)


def point(cell):
    return cell["transport"], cell["sizeBytes"], cell["placement"] or ""


def judge(build, directories):
    for directory in directories:
        for last in sorted(pathlib.Path(directory).glob(f"slowed-*-{RUNS_IN_TURNS - 1:02}-b.json")):
            number = int(last.name.split("-")[1])
            yield alarm_in_turns(
                build, last.parent, number - number % PAIRS_OF_A_GOOD_RUN, number)
        for second in sorted(pathlib.Path(directory).glob("[ld]*-b.json")):
            firsts = sorted(
                (int(path.name.split("-")[1]), path)
                for path in second.parent.glob(second.name.split("-")[0] + "-*-a.json"))
            number = int(second.name.split("-")[1])
            yield build.alarm([path for at, path in firsts if at <= number][-1], second)
        chain = sorted(pathlib.Path(directory).glob("same-*.json"), key=lambda p: int(p.stem[5:]))
        for first, second in zip(chain, chain[1:]):
            yield build.alarm(first, second)


def tell(verdicts, pairs):
    """Prints each pair as it is judged; returns the alarms, None for a pair that was cut short."""
    words = {True: "ALARM", False: "quiet", None: "-----"}
    end = time.monotonic() + 60 * float(os.environ.get("MINUTES") or 24 * 60)
    alarms = []
    for alarm, verdict in verdicts:
        alarms.append(alarm)
        print(f"{len(alarms):3}  {words[alarm]}  {verdict}", flush=True)
        if len(alarms) < pairs and time.monotonic() > end:
            print(f"time is up after {len(alarms)} of {pairs} pairs", flush=True)
            break
    return alarms


KINDS = {
    "same": (same, 20, "at most 1 in 20", lambda alarms, pairs: alarms <= max(1, pairs // 20)),
    "slowed": (slowed, 10, "at least 9 in 10", lambda alarms, pairs: alarms >= 0.9 * pairs),
    "losing": (losing, 10, "all", lambda alarms, pairs: alarms == pairs),
    "dying": (dying, 10, "all", lambda alarms, pairs: alarms == pairs),
}


def measure(build, work, kinds, pairs):
    """Measures kind after kind, and prints the table; whether all are as they should be."""
    rows = []
    for name in kinds:
        kind, usual, wanted, good = KINDS[name]
        planned = pairs or usual
        print(f"-- {name}", flush=True)
        begin = time.monotonic()
        alarms = tell(kind(build, work, planned), planned)
        judged = [alarm for alarm in alarms if alarm is not None]
        whole = len(judged) == planned
        verdict = "good" if whole and good(sum(judged), planned) else "BAD" if whole else "NOT WHOLE"
        minutes = (time.monotonic() - begin) / 60
        rows.append((name, planned, len(judged), sum(judged), wanted, f"{minutes:.1f}", verdict))
    print()
    for row in [("kind", "pairs", "judged", "alarms", "wanted", "minutes", ""), *rows]:
        print("{:8} {:>5} {:>6} {:>6}  {:16} {:>7}  {}".format(*row))
    return all(row[-1] == "good" for row in rows)


def main():
    task, *arguments = sys.argv[1:] or [None]
    counted = len(arguments) < 2 and all(a.isdigit() and int(a) > 0 for a in arguments)
    if not (task == "judge" and arguments or (task in KINDS or task == "all") and counted):
        sys.exit(__doc__.strip())
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(pathlib.Path(scratch))
        if task == "judge":
            alarms = tell(judge(build, arguments), 0)
            print(f"{alarms.count(True)} alarms in {len(alarms) - alarms.count(None)} pairs")
            return 0
        work = pathlib.Path(os.environ.get("RESULTS") or scratch)
        work.mkdir(parents=True, exist_ok=True)
        kinds = list(KINDS) if task == "all" else [task]
        pairs = int(arguments[0]) if arguments else 0
        return 0 if measure(build, work, kinds, pairs) else 1


if __name__ == "__main__":
    sys.exit(main())
