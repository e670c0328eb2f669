#!/usr/bin/env python3
"""Does the checker ever fail a right program?

  bench/check-repeats.py --list             the right programs that there are
  bench/check-repeats.py REPEAT [NAME…]     every case REPEAT times against each of them, or against
                                            those named; * stands for anything: 'server tcp *'

Prints a line for each program: how many cases it has, how many runs that made, and how many of these
did not pass. Exit status 1 if one did not. What a slow server takes too long for is undecided, and told
apart: a board of 33 bytes a second sends no mebibyte back. It takes a quarter of an hour each time. Needs Linux, gcc and what `mvn package` has built. A program
whose interpreter is not installed is named, and left out.

Most of a run is waiting, so many go on at once: each server is started SHARDS times, and a checker
goes to each; a client is started as often at a time. That keeps two processors busy, which is meant:
a checker that fails right programs on a busy machine is no checker.
"""

import collections
import concurrent.futures
import contextlib
import fnmatch
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PORTS = HERE.parent / "docs" / "ports"
RIGHT = HERE / "check/src/test/resources/dev/sockbed/bench/conformance/right"
SHARDS = 16
CLIENTS_AT_ONCE = 40
JAVA = [str(HERE.parent / "sockbed"), "--java"]

Case = collections.namedtuple("Case", "passed runs id why undecided", defaults=[False])


class Build:
    """The build under test, and the ports: copies, so that building on the way changes nothing."""

    def __init__(self, work):
        self.work = work
        self.jar = shutil.copy(HERE / "target" / "sockbed.jar", work)
        self.tests = shutil.copytree(HERE / "check" / "target" / "test-classes", work / "test-classes")
        for name in ("echo_server", "echo_client"):
            subprocess.run(["gcc", "-O2", "-o", work / name, PORTS / "c" / f"{name}.c"], check=True)

    def check(self, number, *arguments):
        """The checker's findings."""
        report = self.work / f"report-{number}.json"
        command = [*JAVA, "-jar", self.jar, "check", *map(str, arguments), "--json", report]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not report.exists():
            sys.exit(done.stderr)
        return [
            Case(
                case["passed"],
                case["runs"],
                case["id"],
                case["why"],
                case["verdict"] == "INCONCLUSIVE" and "right so far" in case["why"],
            )
            for case in json.loads(report.read_text())["cases"]
            if case["verdict"] != "SKIPPED"
        ]


@contextlib.contextmanager
def running(command):
    """A server's port, while it runs; what it has started ends with it."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as server:
        try:
            yield re.search(r"(\d+)$", server.stdout.readline().strip()).group(1)
        finally:
            os.killpg(server.pid, signal.SIGKILL)


@contextlib.contextmanager
def running_at_a_free_port(command):
    """The port of a server that can't pick one, and does not tell when it listens."""
    with socket.create_server(("127.0.0.1", 0)) as picked:
        port = picked.getsockname()[1]
    command = [part.format(port=port) for part in command]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as server:
        try:
            deadline = time.monotonic() + 40
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.05)
            yield port
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def serve(transport, threads, io):
    def command(build):
        flags = [f"--{transport}", "--port", "0", "--threads", threads, "--io", io, "--quiet"]
        return [*JAVA, "-jar", build.jar, "serve", *flags]

    return server(transport, command)


def port_server(transport, *command):
    def there(build):
        return [part.format(work=build.work, ports=PORTS) for part in (*command, "127.0.0.1", "0")]

    return server(transport, there)


def right_server(transport, interpreter, name, *arguments):
    command = [*interpreter, str(RIGHT / name), *arguments]
    return server(transport, lambda build: command, interpreter[0])


def server_at_a_port(*command):
    return server("tcp", lambda build: command, command[0], running_at_a_free_port)


def server(transport, command, needs=sys.executable, started=running):
    def judge(build, repeat):
        if shutil.which(needs) is None:
            return None
        def shard(number):
            each = repeat // SHARDS + (number < repeat % SHARDS)
            if each == 0:
                return []
            with started(command(build)) as port:
                address = f"{transport}://127.0.0.1:{port}"
                return build.check(f"{id(judge)}-{number}", "server", address, "--repeat", each)

        with concurrent.futures.ThreadPoolExecutor(SHARDS) as pool:
            return merged(pool.map(shard, range(SHARDS)))

    return judge


def merged(shards):
    cases = {}
    for each in (case for shard in shards for case in shard):
        so_far = cases.get(each.id, Case(0, 0, each.id, None))
        cases[each.id] = Case(
            so_far.passed + each.passed,
            so_far.runs + each.runs,
            each.id,
            so_far.why or each.why,
            so_far.undecided or each.undecided,
        )
    return list(cases.values())


def port_client(transport, profile, command):
    def judge(build, repeat):
        run = command.format(work=build.work, ports=PORTS) + f" {transport} {{host}} {{port}}"
        listen = f"{transport}://127.0.0.1:0"
        flags = ["--profile", profile, "--repeat", repeat, "--parallel", CLIENTS_AT_ONCE]
        return build.check(id(judge), "client", "--listen", listen, "--run", run, *flags)

    return judge


def our_client(transport, profile, threads, io):
    def judge(build, repeat):
        program = "dev.sockbed.bench.conformance.cases.RepeatedChecks"
        what = [profile, transport, threads, io, str(repeat), str(CLIENTS_AT_ONCE)]
        command = [*JAVA, "-cp", f"{build.jar}:{build.tests}", program, *what]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        lines = (line.split(" ", 3) for line in done.stdout.splitlines())
        return [Case(int(passed), int(runs), case, why) for passed, runs, case, why in lines]

    return judge


def programs():
    named = {}
    for transport in ("tcp", "udp"):
        for threads in ("platform", "virtual"):
            for io in ("plain", "batched"):
                way = f"{transport} sockbed {io} {threads}"
                named[f"server {way}"] = serve(transport, threads, io)
                named[f"client {way}"] = our_client(transport, "echo", threads, io)
            named[f"board {transport} sockbed {threads}"] = our_client(
                transport, "device", threads, "plain"
            )
        named[f"server {transport} C"] = port_server(transport, "{work}/echo_server")
        named[f"client {transport} C"] = port_client(transport, "echo", "{work}/echo_client")
        python = "python3 {ports}/micropython"
        named[f"server {transport} MicroPython"] = port_server(
            transport, "python3", "-u", "{ports}/micropython/echo_server.py"
        )
        named[f"client {transport} MicroPython"] = port_client(
            transport, "echo", f"{python}/echo_client.py"
        )
        named[f"board {transport} MicroPython"] = port_client(
            transport, "device", f"{python}/board.py"
        )
    other = {
        "asyncio": (["python3"], "asyncio_echo.py", ["tcp"]),
        "epoll edge-triggered": (["python3"], "epoll_echo.py", ["tcp"]),
        "socketserver": (["python3"], "socketserver_echo.py", ["tcp", "udp"]),
        "Node": (["node"], "node_echo.mjs", ["tcp", "udp"]),
        "Perl": (["perl"], "perl_echo.pl", ["tcp"]),
        "Tcl": (["tclsh"], "tcl_echo.tcl", ["tcp"]),
    }
    for name, (interpreter, file, transports) in other.items():
        for transport in transports:
            named[f"other server {transport} {name}"] = right_server(transport, interpreter, file)
    for kind in ("message", "bytes", "stream", "board"):
        named[f"slow server tcp {kind}"] = right_server(
            "tcp", ["python3"], "slow_echo.py", kind, "tcp"
        )
    named["slow server udp message"] = right_server(
        "udp", ["python3"], "slow_echo.py", "message", "udp"
    )
    named["other server tcp socat"] = server_at_a_port(
        # After a half-close it waits half a second for what is left, which a busy machine may need.
        "socat", "-t", "60", "TCP4-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork,nodelay", "PIPE"
    )
    named["other server tcp busybox nc"] = server_at_a_port(
        "busybox", "nc", "-ll", "-p", "{port}", "-e", "cat"  # It can't be told an address.
    )
    return dict(sorted(named.items()))


def main():
    named = programs()
    if sys.argv[1:] == ["--list"]:
        print("\n".join(named))
        return
    if len(sys.argv) < 2 or not sys.argv[1].isdigit() or int(sys.argv[1]) == 0:
        sys.exit(__doc__.strip())
    wanted = sys.argv[2:] or ["*"]
    chosen = {
        name: judge
        for name, judge in named.items()
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in wanted)
    }
    if not chosen:
        sys.exit("no such program; --list tells which there are")
    bad = False
    with tempfile.TemporaryDirectory() as scratch:
        build = Build(pathlib.Path(scratch))
        print(f"{'program':36}{'cases':>6}{'runs':>8}{'not passed':>12}", flush=True)
        for name, judge in chosen.items():
            cases = judge(build, int(sys.argv[1]))
            if cases is None:
                print(f"{name:36}skipped: what runs it is not installed", flush=True)
                continue
            slow = [case.id for case in cases if case.undecided]
            cases = [case for case in cases if not case.undecided]
            runs = sum(case.runs for case in cases)
            missed = runs - sum(case.passed for case in cases)
            bad = bad or missed > 0
            print(f"{name:36}{len(cases):6}{runs:8}{missed:12}", flush=True)
            if slow:
                print(f"  undecided, too slow for these: {', '.join(slow)}")
            for case in cases:
                if case.passed < case.runs:
                    print(f"  {case.id}: {case.runs - case.passed} times, as in: {case.why}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
