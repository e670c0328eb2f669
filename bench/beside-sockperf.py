#!/usr/bin/env python3
"""Sets sockbed's round trips beside those of sockperf (https://github.com/Mellanox/sockperf).

  bench/beside-sockperf.py [TRIALS]

Both send messages of 128 bytes, one at a time, on the same processors, by turns, over TCP and UDP:

  same server   either talks to this script's echo loop, so only the client differs: this is the
                one that must agree within 10 %
  own server    sockperf to sockperf's server in C, sockbed to sockbed's in Java: what you get

Prints the median of the trials' medians. Ends with 1 if the clients do not agree. Installs
nothing: where there is no sockperf it says so and ends with 0. Needs Linux and what `mvn package`
has built.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time

SIZE = 128
SECONDS = 2
LIMIT = 1.10
PORT = 21011
JAR = pathlib.Path(__file__).resolve().parent / "target" / "sockbed.jar"
JAVA = [str(JAR.parents[2] / "sockbed"), "--java", "-jar", str(JAR)]

# sockperf's client takes a reply only if the server has cleared the lowest bit of the tenth byte,
# which says that the message is a client's. A sockbed message comes back as it is.
MARK = 9
CLEARED = {"sockperf": 0xFE, "sockbed": 0xFF}


class EchoLoop:
    """The same server for both, in a process of its own on one processor."""

    def __init__(self, transport, tool, cpu):
        self.pid = os.fork()
        if self.pid == 0:
            os.sched_setaffinity(0, {cpu})
            {"tcp": self.stream, "udp": self.datagrams}[transport](CLEARED[tool])

    @staticmethod
    def stream(mask):
        listener = socket.create_server(("127.0.0.1", PORT), reuse_port=False)
        message = bytearray(SIZE)
        view = memoryview(message)
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            have = 0
            with contextlib.suppress(ConnectionResetError):  # A client may leave replies unread.
                while received := connection.recv_into(view[have:]):
                    have += received
                    # sockbed first sends a shorter message, to see who is there.
                    if have == SIZE or mask == 0xFF:
                        message[MARK] &= mask
                        connection.sendall(view[:have])
                        have = 0

    @staticmethod
    def datagrams(mask):
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind(("127.0.0.1", PORT))
        message = bytearray(2 * SIZE)
        view = memoryview(message)
        while True:
            received, sender = server.recvfrom_into(message)
            message[MARK] &= mask
            server.sendto(view[:received], sender)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)


class OwnServer:
    """sockperf's server or sockbed's."""

    def __init__(self, transport, tool, cpu):
        if tool == "sockperf":
            command = ["sockperf", "server", "-i", "127.0.0.1", "-p", str(PORT)]
            command += ["--tcp"] if transport == "tcp" else []
        else:
            command = [*JAVA, "serve", f"--{transport}", "--port", str(PORT), "--cpus", str(cpu)]
            command += ["--quiet", "--stop-at-end-of-input"]
        pinned = (lambda: os.sched_setaffinity(0, {cpu})) if tool == "sockperf" else None
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=pinned,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def await_listening(transport):
    """Waits until somebody has the port; a connection would be taken for the client's."""
    table = {"tcp": "/proc/net/tcp", "udp": "/proc/net/udp"}
    for _ in range(400):
        for name in (table[transport], table[transport] + "6"):
            for line in pathlib.Path(name).read_text().splitlines()[1:]:
                fields = line.split()
                waiting = fields[3] == ("0A" if transport == "tcp" else "07")
                if waiting and int(fields[1].rpartition(":")[2], 16) == PORT:
                    return
        time.sleep(0.05)
    sys.exit(f"no {transport} server listens on port {PORT}")


def sockperf(transport, cpu):
    """The median round trip in microseconds."""
    command = ["sockperf", "ping-pong", "--full-rtt", "-i", "127.0.0.1", "-p", str(PORT)]
    command += ["-m", str(SIZE), "-t", str(SECONDS)] + (["--tcp"] if transport == "tcp" else [])
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, {cpu}),
    )
    median = re.search(r"percentile 50\.000 = *([\d.]+)", done.stdout)
    return float(median[1]) if median else sys.exit(done.stdout + done.stderr)


def sockbed(transport, cpu):
    """The same."""
    command = [*JAVA, "load", f"{transport}://127.0.0.1:{PORT}", "--size", str(SIZE)]
    command += ["--duration", f"{SECONDS}s", "--cpus", str(cpu), "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)["cells"][0]["serviceNs"]["p50"] / 1000


CLIENTS = {"sockperf": sockperf, "sockbed": sockbed}


def medians(transport, server, client_cpu, server_cpu, trials):
    """Each tool's median trial; the tools take turns."""
    found = {tool: [] for tool in CLIENTS}
    for _ in range(trials):
        for tool, client in CLIENTS.items():
            with server(transport, tool, server_cpu):
                await_listening(transport)
                found[tool].append(client(transport, client_cpu))
    return [statistics.median(found[tool]) for tool in CLIENTS]


def main():
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if not shutil.which("sockperf"):
        print("skipped: sockperf is not installed here, so there is nothing to set beside")
        return 0
    if not JAR.exists():
        sys.exit(f"{JAR} is not there: run mvn package first")
    cpus = sorted(os.sched_getaffinity(0))
    places = {"one core": (cpus[-1], cpus[-1])}
    if len(cpus) > 1:
        places["two cores"] = (cpus[-2], cpus[-1])
    print(f"median round trip of {SIZE} bytes, median of {trials} trials of {SECONDS} s, in µs\n")
    print(f"{'':31}{'sockperf':>10}{'sockbed':>10}{'ratio':>8}")
    agreed = True
    for label, server in (("same server", EchoLoop), ("own server", OwnServer)):
        for place, (client_cpu, server_cpu) in places.items():
            for transport in ("tcp", "udp"):
                theirs, ours = medians(transport, server, client_cpu, server_cpu, trials)
                ratio = ours / theirs
                within = 1 / LIMIT <= ratio <= LIMIT
                agreed &= within or server is OwnServer
                remark = "" if within else "  apart"
                where = f"{label}, {place}, {transport.upper()}"
                print(f"{where:31}{theirs:10.2f}{ours:10.2f}{ratio:8.2f}{remark}", flush=True)
    print(f"\nwith the same server, {'' if agreed else 'NOT '}all within 10 %")
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
