#!/usr/bin/env python3
"""Does a comparison raise an alarm when it should, and only then?

  bench/diff-on-known-truth.py all [PAIRS]     the kinds below, one after the other: half an hour
                                               on two quiet processors
  bench/diff-on-known-truth.py same [PAIRS]    pairs of runs of the same build: each alarm is false
  bench/diff-on-known-truth.py equal [PAIRS]   two servers of the same build in turns (load --against):
                                               each alarm is false
  bench/diff-on-known-truth.py slowed [PAIRS]  a server, and the same one with a busy wait of a
                                               tenth of the round trip, in turns, over TCP and UDP
                                               by turns: each silence is a miss
  bench/diff-on-known-truth.py losing [PAIRS]  a server that answers every datagram, and one that
                                               leaves one in a hundred unanswered
  bench/diff-on-known-truth.py dying [PAIRS]   a run, and the same one with no reply in four trials
                                               of ten of one point: no server is needed for that
  bench/diff-on-known-truth.py judge DIR...    pairs of runs that were kept: measures nothing

Prints a line for each pair and a table at the end. The exit status is 1 if there are more false alarms or
misses than are put up with (1 of 20 of either kind, 1 of 10, none, none), or if a pair was cut short and so
not judged.

To save time runs stand in more than one pair: of the same build each run in two, as the second of one pair
and as the first of the next; a good server's run between the losing servers' runs of two pairs; and a run
whose trials die in up to four, each time another point's. Two pairs that share a run share its luck, so
chance alarms may come in twos.

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
        return self.alarm_of("diff", *files)

    def alarm_in_turns(self, result, first, second, cpu):
        """The same of two servers that are measured in turns."""
        return self.alarm_of(
            "load", first, "--against", second, "--cpus", cpu,
            "--tolerance", TOLERANCE_IN_TURNS, "--json", result)

    def alarm_of(self, *arguments):
        done = self.run(*arguments)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        verdict = done.stdout.strip().splitlines()[-1]
        lines = done.stdout.splitlines()
        cut_short = sum("too few" in line for line in lines) > len(lines) / 2
        return None if cut_short else done.returncode == 1, verdict

    def serve(self, port, wait, cpu):
        """Starts the server; it wastes that many nanoseconds for each message."""
        classes = f"{self.jar}:{self.tests}"
        command = [*JAVA, "-cp", classes, SERVER, *map(str, (port, cpu, wait, wait))]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def median(build, result, target, cpu):
    """The median round trip in nanoseconds."""
    build.run("load", target, "--duration", "2s", "--cpus", cpu, "--json", result)
    p50 = json.loads(result.read_text())["cells"][0]["serviceNs"]["p50"]
    return p50 or sys.exit(f"{result}: no median: this machine is too busy")


def same(build, work, pairs):
    """A chain: each run is the second of one pair and the first of the next."""
    before = None
    for number in range(pairs + 1):
        run = work / f"same-{number}.json"
        build.compare(run, "--only", "setup,floor,rtt,throughput", "--seed", number + 1)
        if before:
            yield build.alarm(before, run)
        before = run


def equal(build, work, pairs):
    yield from in_turns(build, work, "equal", pairs, 0)


def slowed(build, work, pairs):
    yield from in_turns(build, work, "slowed", pairs, SLOWER_BY)


def in_turns(build, work, name, pairs, slower_by):
    """Both ends on one processor, where a round trip is shortest and steadiest."""
    cpu = max(os.sched_getaffinity(0))
    for number in range(pairs):
        first, second = (
            f"{('tcp', 'udp')[number % 2]}://127.0.0.1:{port}" for port in (PORT, PORT + 1))
        with build.serve(PORT, 0, cpu) as good:
            good.stdout.readline()
            wait = slower_by and slower_by * median(
                build, work / f"{name}-{number}-before.json", first, cpu)
            with build.serve(PORT + 1, round(wait), cpu) as other:
                other.stdout.readline()
                yield build.alarm_in_turns(work / f"{name}-{number}.json", first, second, cpu)
                other.stdin.close()
            good.stdin.close()


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
    "equal": (equal, 20, "at most 1 in 20", lambda alarms, pairs: alarms <= max(1, pairs // 20)),
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
