#!/usr/bin/env python3
"""How long does the checker take?

  bench/check-times.py [--against SOCKBED] [--give-up SECONDS] [NAME…]

Runs ./sockbed check against right and wrong programs, or against those named (* stands for anything),
and prints a line for each: seconds until the first case that failed, and until the end. Exit status 1
if one took longer than it may: a right TCP server 6 s, a right UDP server 4 s, a right client or board
10 s; a wrong, foreign or silent program 10 s until the first failure and 30 s until the end.

--against names the launcher of another build, such as an older checkout's ./sockbed, or its jar. Each
check is then made by both builds, one after the other, and the other's times stand behind; only this
build's decide. A check is given up after --give-up seconds (default: 60).

What Java needs for its own start is left out: it is measured first, by a check that lists cases.
Meant for a quiet machine. A checkout's launcher builds itself first where it must.
"""

import argparse
import contextlib
import fnmatch
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PORTS = ROOT / "docs" / "ports" / "micropython"
LAUNCHER = str(ROOT / "sockbed")
FIRST, END = 10, 30


def answer(change):
    def serve(caller):
        while got := caller.recv(128):
            caller.sendall(change(got))

    return serve


def lines(caller):
    for line in caller.makefile("rb"):
        caller.sendall(line)


def say(text):
    def serve(caller):
        caller.recv(100)
        caller.sendall(text)

    return serve


WRONG_TCP = {
    "silent": lambda caller: time.sleep(600),
    "closes at once": lambda caller: None,
    "answers in capitals": answer(bytes.upper),
    "sends one byte too few": answer(lambda got: got[: max(1, len(got) - 1)]),
    "waits for a line end": lines,
    "answers after 3 s": answer(lambda got: time.sleep(3) or got),
    "http": say(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "ssh": say(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "tls": say(b"\x15\x03\x01\x00\x02\x02\x32"),
}
WRONG_UDP = {
    "silent": lambda server, got, caller: None,
    "answers in capitals": lambda server, got, caller: server.sendto(got[:128].upper(), caller),
    "answers after 5 s": lambda server, got, caller: threading.Timer(
        5, server.sendto, (got[:128], caller)
    ).start(),
}
WRONG_CLIENTS = {
    "silent": "import time; time.sleep(600)",
    "sends, and looks at nothing": "import socket, sys; s = socket.socket(socket.AF_INET,"
    " getattr(socket, sys.argv[1])); s.connect((sys.argv[2], int(sys.argv[3])));"
    " s.send(b'hello' * 30)",
}


def tcp_server(serve):
    listener = socket.create_server(("127.0.0.1", 0))

    def one(caller):
        with caller, contextlib.suppress(OSError):
            serve(caller)

    def accept():
        while True:
            threading.Thread(target=one, args=listener.accept()[:1], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def udp_server(serve):
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))

    def answer_all():
        while True:
            with contextlib.suppress(OSError):
                serve(server, *server.recvfrom(65_535))

    threading.Thread(target=answer_all, daemon=True).start()
    return server.getsockname()[1]


@contextlib.contextmanager
def right_server():
    """A right server's port, over both transports."""
    command = ["python3", "-u", str(PORTS / "echo_server.py"), "127.0.0.1", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline().split()[-1].rsplit(":", 1)[-1])
        finally:
            server.kill()


def build(name):
    """The words that start a build."""
    return [LAUNCHER, "--java", "-jar", name] if name.endswith(".jar") else [name]


def timed(sockbed, arguments, most):
    """Seconds until the first FAIL, or None, and until the end, or None if it was given up."""
    start = time.monotonic()
    first = None
    with subprocess.Popen(
        [*sockbed, "check", *arguments],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as check:
        over = threading.Timer(most, os.killpg, (check.pid, signal.SIGTERM))
        over.start()
        for line in check.stdout:
            if first is None and line.startswith("FAIL"):
                first = time.monotonic() - start
        given_up = not over.is_alive()
        over.cancel()
    return first, None if given_up else time.monotonic() - start


def client(transport, profile, run):
    listen = f"{transport}://127.0.0.1:0"
    return ["client", "--listen", listen, "--profile", profile, "--run", run, "--quiet"]


def programs(stack):
    """Each program's name, how it is checked, and how long its first failure and all may take."""
    port = stack.enter_context(right_server())
    for transport, most in (("tcp", 6), ("udp", 4)):
        address = f"{transport}://127.0.0.1:{port}"
        yield f"{transport} server: right", ["server", address, "--quiet"], None, most
    for name, profile in (("echo_client.py", "echo"), ("board.py", "device")):
        for transport in ("tcp", "udp"):
            run = f"python3 {PORTS / name} {transport} {{host}} {{port}}"
            what = "board" if profile == "device" else "client"
            yield f"{transport} {what}: right", client(transport, profile, run), None, 10
    for transport, wrong, open_server in (
        ("tcp", WRONG_TCP, tcp_server),
        ("udp", WRONG_UDP, udp_server),
    ):
        for name, serve in wrong.items():
            address = f"{transport}://127.0.0.1:{open_server(serve)}"
            yield f"{transport} server: {name}", ["server", address, "--quiet"], FIRST, END
    for transport, kind in (("tcp", "SOCK_STREAM"), ("udp", "SOCK_DGRAM")):
        for profile, what in (("echo", "client"), ("device", "board")):
            for name, program in WRONG_CLIENTS.items():
                run = f'python3 -c "{program}" {kind} {{host}} {{port}}'
                yield f"{transport} {what}: {name}", client(transport, profile, run), FIRST, END


def shown(seconds, missing):
    return missing if seconds is None else f"{max(0.0, seconds):.1f} s"


class Times:
    """One build's times, without its Java's start."""

    def __init__(self, name, give_up):
        self.sockbed = build(name)
        self.give_up = give_up
        self.start = 0.0
        listing = [self.measure(["server", "--list"])[1] for _ in range(3)]
        self.start = min(each for each in listing if each is not None)

    def measure(self, arguments):
        first, end = timed(self.sockbed, arguments, self.give_up + self.start)
        return tuple(None if each is None else each - self.start for each in (first, end))

    def columns(self, first, end):
        return f"{shown(first, '-'):>11}{shown(end, f'> {self.give_up} s'):>9}"


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--against")
    parser.add_argument("--give-up", type=int, default=60)
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    wanted = asked.names or ["*"]
    ours = Times(LAUNCHER, asked.give_up)
    other = Times(asked.against, asked.give_up) if asked.against else None
    heads = f"{'first FAIL':>11}{'end':>9}"
    print(f"{'program':42}{heads}{'  at most':16}{heads if other else ''}")
    missed = asked_for = 0
    with contextlib.ExitStack() as stack:
        for name, arguments, most_first, most in programs(stack):
            if not any(fnmatch.fnmatch(name, each) for each in wanted):
                continue
            asked_for += 1
            first, end = ours.measure(arguments)
            bad = end is None or end > most
            bad = bad or (most_first is not None and (first is None or first > most_first))
            bad = bad or (most_first is None and first is not None)
            missed += bad
            goal = f"  {most} s" if most_first is None else f"  {most_first} s, {most} s"
            theirs = other.columns(*other.measure(arguments)) if other else ""
            remark = "   MISSED" if bad else ""
            print(f"{name:42}{ours.columns(first, end)}{goal:16}{theirs}{remark}", flush=True)
    if asked_for == 0:
        sys.exit("no such program")
    started = f"{ours.start:.1f} s" + (f" and {other.start:.1f} s" if other else "")
    print(f"{asked_for} programs, {missed} goals missed; Java's start, {started}, is left out")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
