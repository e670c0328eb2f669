#!/usr/bin/env python3
"""How long does the checker take?

  bench/check-times.py [NAME…]     against right and wrong programs, or against those named

Prints a line for each program: seconds until the first case that failed, and until the end. Exit
status 1 if one took longer than it may: a right TCP server 6 s, a right UDP server 4 s, a right client
or board 10 s; a wrong, foreign or silent program 10 s until the first failure and 30 s until the end.
The start of the checker's own Java is left out: it is measured first, by a check that lists cases.
Meant for a quiet machine. The program is ./sockbed, which builds itself first where it must.
"""

import contextlib
import fnmatch
import pathlib
import socket
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
PORTS = HERE.parent / "docs" / "ports" / "micropython"
SOCKBED = [str(HERE.parent / "sockbed")]

WRONG_TCP = {
    "silent": lambda caller: time.sleep(600),
    "sends one byte too few": lambda caller: answer(caller, lambda got: got[: max(1, len(got) - 1)]),
    "waits for a line end": lambda caller: lines(caller),
    "answers after 3 s": lambda caller: answer(caller, lambda got: time.sleep(3) or got),
    "http": lambda caller: say(caller, b"HTTP/1.1 400 Bad Request\r\n\r\n"),
    "ssh": lambda caller: say(caller, b"SSH-2.0-OpenSSH_9.2\r\n"),
}


def answer(caller, change):
    while got := caller.recv(128):
        caller.sendall(change(got))


def lines(caller):
    for line in caller.makefile("rb"):
        caller.sendall(line)


def say(caller, text):
    caller.recv(100)
    caller.sendall(text)


def tcp_server(serve):
    listener = socket.create_server(("127.0.0.1", 0))

    def one(caller):
        with caller, contextlib.suppress(OSError):
            serve(caller)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=one, args=listener.accept()[:1], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def deaf_udp():
    deaf = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    deaf.bind(("127.0.0.1", 0))
    return deaf  # It is bound as long as somebody has it.


@contextlib.contextmanager
def our_server():
    """A right server's port, over both transports."""
    command = ["python3", "-u", str(PORTS / "echo_server.py"), "127.0.0.1", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int(server.stdout.readline().strip().rsplit(":", 1)[-1].split()[-1])
        finally:
            server.kill()


def timed(arguments):
    """Seconds until the first FAIL, or None, and until the end."""
    start = time.monotonic()
    first = None
    with subprocess.Popen(
        [*SOCKBED, "check", *arguments, "--quiet"], stdout=subprocess.PIPE, text=True
    ) as check:
        for line in check.stdout:
            if first is None and line.startswith("FAIL"):
                first = time.monotonic() - start
    return first, time.monotonic() - start


def programs(stack):
    port = stack.enter_context(our_server())
    yield "right tcp server", ["server", f"tcp://127.0.0.1:{port}"], None, 6
    yield "right udp server", ["server", f"udp://127.0.0.1:{port}"], None, 4
    for name, profile, limit in (("echo_client.py", "echo", 10), ("board.py", "device", 10)):
        for transport in ("tcp", "udp"):
            run = f"python3 {PORTS / name} {transport} {{host}} {{port}}"
            listen = f"{transport}://127.0.0.1:0"
            arguments = ["client", "--listen", listen, "--profile", profile, "--run", run]
            yield f"right {transport} {profile} client", arguments, None, limit
    for name, serve in WRONG_TCP.items():
        yield f"tcp server: {name}", ["server", f"tcp://127.0.0.1:{tcp_server(serve)}"], 10, 30
    deaf = deaf_udp()
    yield "udp server: deaf", ["server", f"udp://127.0.0.1:{deaf.getsockname()[1]}"], 10, 30
    for transport in ("tcp", "udp"):
        run = 'python3 -c "import time; time.sleep(600)" {port}'
        arguments = ["client", "--listen", f"{transport}://127.0.0.1:0", "--run", run]
        yield f"{transport} client: silent", arguments, 10, 30


def main():
    wanted = sys.argv[1:] or ["*"]
    if wanted[0].startswith("-"):
        sys.exit(__doc__)
    java = min(timed(["server", "--list"])[1] for _ in range(3))
    print(f"{'program':34} {'first FAIL':>10} {'end':>7}   at most (Java's start, {java:.1f} s, left out)")
    late = 0
    with contextlib.ExitStack() as stack:
        for name, arguments, most_first, most in programs(stack):
            if not any(fnmatch.fnmatch(name, each) for each in wanted):
                continue
            first, end = timed(arguments)
            first = None if first is None else first - java
            end -= java
            bad = end > most or (most_first is not None and (first is None or first > most_first))
            late += bad
            shown = "-" if first is None else f"{first:.1f} s"
            limits = f"{most} s" if most_first is None else f"{most_first} s, {most} s"
            print(f"{name:34} {shown:>10} {end:5.1f} s   {limits}{'   TOO LATE' if bad else ''}", flush=True)
    sys.exit(1 if late else 0)


main()
