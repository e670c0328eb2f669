#!/usr/bin/env python3
"""What the echo servers keep, lose and cost under callers that are many, greedy, slow or rude.

  bench/soak.py [MODE…] [--ways WAYS] [--callers N] [--active N] [--seconds S] [--exchanges N]
                [--counts]

  idle         N callers who say nothing, and some who do: all answered; nothing kept
  churn        N callers connect, are echoed and close, 50 at once: none lost; nothing kept
  greedy       N callers always have bytes in flight: another's p99 at most 3 times that alone
  slow         N callers send a byte now and then and read late: the same
  descriptors  N callers at a server that may have 256 descriptors: under 5 % of a processor, and
               who comes when they have gone is served within a second
  endings      N each end by FIN, RST, half-close, unread replies, SIGKILL, and SIGKILL after
               SIGSTOP: another is answered after each; nothing kept
  flood        N datagrams from as many addresses as 65,000: no more bytes come back than went, at
               most 128 MB more memory, and an honest source gets 90 % of its replies

Without a mode, all. WAYS are of platform, virtual, loop, platform+batched, virtual+batched (with
commas; by default all; flood has no loop and no virtual threads). N is small by default, which tries
the mode more than the server. --active is of idle, --seconds how long idle and descriptors look, and
--exchanges how many round trips greedy and slow compare. With --counts nothing is judged that a busy
machine could spoil: no times, no share of a processor.

Each line tells the server's descriptors, threads and resident memory before and after. Exit status 1
if one is MISSED. Needs Linux.
"""

import argparse
import contextlib
import os
import pathlib
import re
import resource
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

SOCKBED = os.environ.get("SOCKBED", str(pathlib.Path(__file__).resolve().parent.parent / "sockbed"))
MESSAGE = bytes(range(128))
PATIENCE = 30  # Seconds, for anything.
AT_ONCE = 50
OF_THE_JVM = 8  # Descriptors, and threads, that it may take for itself meanwhile.
A_PORT_RANGE = 20_000  # Callers from one address, before its ports are in TIME_WAIT.
GARBAGE_MB = 128  # What a JVM with the memory of a usual machine does not collect at once.
IP_PKTINFO = 8  # Python has no names for these. With the other, connect picks the port, which may
IP_BIND_ADDRESS_NO_PORT = 24  # be in TIME_WAIT towards another server; to look for one takes long.
SMOKE = {"idle": 200, "churn": 500, "greedy": 4, "slow": 50, "descriptors": 400, "endings": 3,
         "flood": 2_000}
WAYS = {
    "platform": [],
    "virtual": ["--threads", "virtual"],
    "loop": ["--event-loop"],
    "platform+batched": ["--io", "batched"],
    "virtual+batched": ["--threads", "virtual", "--io", "batched"],
}

missed = []


class Server:
    """One `sockbed serve`, and what the system says of it."""

    def __init__(self, transport, way, *flags, descriptors=None):
        command = [SOCKBED, "serve", f"--{transport}", "--port", "0", "--max-connections", "100000"]
        limits = (descriptors, descriptors) if descriptors else None
        self.process = subprocess.Popen(
            [*command, *WAYS[way], *flags], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, limits))
            if limits else None)
        listening = self.process.stdout.readline()
        self.address = ("127.0.0.1", int(re.search(r"(\d+)$", listening).group(1)))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(PATIENCE)

    def state(self):
        """Descriptors, threads, resident MB."""
        folder = pathlib.Path(f"/proc/{self.process.pid}")
        resident = re.search(r"VmRSS:\s+(\d+)", (folder / "status").read_text()).group(1)
        return len(os.listdir(folder / "fd")), len(os.listdir(folder / "task")), int(resident) / 1024

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def settled(self, before):
        """The state once callers are forgotten, or after all patience."""
        deadline = time.monotonic() + PATIENCE
        while True:
            now = self.state()
            good = all(now[i] <= before[i] + OF_THE_JVM for i in (0, 1))
            if good or time.monotonic() > deadline:
                return now, good
            time.sleep(0.1)

    def caller(self, number=0, receive_buffer=None):
        """A connection, from an address of its own for each 20,000."""
        caller = socket.socket()
        if receive_buffer:
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        caller.settimeout(PATIENCE)
        caller.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        source = number // A_PORT_RANGE + 1
        caller.bind((f"127.0.{source >> 8}.{source & 255}", 0))
        caller.connect(self.address)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return caller


def exchange(caller):
    caller.sendall(MESSAGE)
    echo = b""
    while len(echo) < len(MESSAGE):
        piece = caller.recv(len(MESSAGE) - len(echo))
        if not piece:
            return False
        echo += piece
    return echo == MESSAGE


def round_trips(server, count):
    """The p50 and p99 of one caller, in µs; how many were sent and answered."""
    times, answered = [], 0
    with server.caller() as caller:
        for _ in range(count):
            begin = time.perf_counter()
            answered += exchange(caller)
            times.append((time.perf_counter() - begin) * 1e6)
    times.sort()
    return times[len(times) // 2], times[len(times) * 99 // 100], count, answered


def report(mode, way, sent, answered, before, after, good, told=""):
    print(f"{mode:12}{way:18}sent {sent:<8}answered {answered:<8}lost {sent - answered:<5}"
          f"descriptors {before[0]}>{after[0]}  threads {before[1]}>{after[1]}  "
          f"MB {before[2]:.0f}>{after[2]:.0f}  {told:44}{'ok' if good else 'MISSED'}", flush=True)
    if not good:
        missed.append((mode, way))


def warm(server):
    round_trips(server, 200)
    return server.state()


def idle(way, options):
    with Server("tcp", way) as server, contextlib.ExitStack() as held:
        before = warm(server)
        callers = [held.enter_context(server.caller(i)) for i in range(options.callers)]
        active = [held.enter_context(server.caller(i)) for i in range(options.active)]
        sent = answered = 0
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            for caller in active:
                caller.sendall(MESSAGE)
            sent += len(active)
            answered += sum(len(caller.recv(128, socket.MSG_WAITALL)) == 128 for caller in active)
        full = server.state()
        for caller in callers + active:
            caller.close()
        after, given_back = server.settled(before)
        report("idle", way, sent, answered, before, after, given_back and sent == answered,
               f"with all of them {full[1]} threads, {full[2]:.0f} MB")


def churn(way, options):
    lost = []

    def call(first):
        for number in range(first, options.callers, AT_ONCE):
            try:
                with server.caller(number) as caller:
                    if not exchange(caller):
                        lost.append(number)
            except OSError:
                lost.append(number)

    with Server("tcp", way) as server:
        before = warm(server)
        threads = [threading.Thread(target=call, args=(i,)) for i in range(AT_ONCE)]
        begin = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.monotonic() - begin
        after, given_back = server.settled(before)
        report("churn", way, options.callers, options.callers - len(lost), before, after,
               given_back and not lost, f"{options.callers / seconds:.0f} callers/s")


def beside(mode, way, options, open_callers, keep_busy):
    """How long another's round trip takes beside them, to that alone.

    They are a process of their own: in this one they would hold the interpreter's lock.
    """
    with Server("tcp", way) as server:
        before = warm(server)
        alone = round_trips(server, options.exchanges)
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            callers = open_callers(server)
            theirs.send(b"!")
            keep_busy(callers)
        try:
            ours.settimeout(PATIENCE)
            ours.recv(1)
            beside_them = round_trips(server, options.exchanges)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            ours.close()
            theirs.close()
        after, given_back = server.settled(before)
        p50, p99 = (beside_them[i] / alone[i] for i in (0, 1))
        good = given_back and beside_them[2] == beside_them[3] and (options.counts or p99 <= 3)
        report(mode, way, *beside_them[2:], before, after, good,
               f"to alone: p50 {p50:.2f}, p99 {p99:.2f}")


def greedy(way, options):
    def keep_busy(callers):
        ready = selectors.DefaultSelector()
        for caller in callers:
            caller.setblocking(False)
            ready.register(caller, selectors.EVENT_READ | selectors.EVENT_WRITE)
        much = bytes(1 << 16)
        while True:
            for key, events in ready.select(0.1):
                with contextlib.suppress(BlockingIOError):
                    if events & selectors.EVENT_READ:
                        key.fileobj.recv(1 << 18)
                    key.fileobj.send(much)

    beside("greedy", way, options,
           lambda server: [server.caller(i) for i in range(options.callers)], keep_busy)


def slow(way, options):
    def keep_busy(callers):
        for caller in callers:
            caller.setblocking(False)
        while True:
            for i, caller in enumerate(callers):
                with contextlib.suppress(BlockingIOError):
                    caller.send(b"x")
                    if i % 2:
                        caller.recv(1)
                time.sleep(1 / len(callers))

    beside("slow", way, options,
           lambda server: [server.caller(i, 4096) for i in range(options.callers)], keep_busy)


def descriptors(way, options):
    with Server("tcp", way, descriptors=256) as server:
        before = warm(server)
        callers = [server.caller(i) for i in range(options.callers)]
        used, begin = server.processor_seconds(), time.monotonic()
        time.sleep(options.seconds)
        share = (server.processor_seconds() - used) / (time.monotonic() - begin)
        for caller in callers:
            caller.close()
        begin = time.monotonic()
        answered = round_trips(server, 1)[3]
        seconds = time.monotonic() - begin
        after, given_back = server.settled(before)
        good = given_back and answered == 1 and (options.counts or (seconds < 1 and share < 0.05))
        report("descriptors", way, 1, answered, before, after, good,
               f"accepts after {seconds:.2f} s, {share:.1%} of a processor")


CHILD = """
import socket, sys
caller = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
caller.sendall(b'x'); caller.recv(1); print('there', flush=True); caller.recv(1)
"""


def endings(way, options):
    def killed(server, *signals):
        with subprocess.Popen([sys.executable, "-c", CHILD, str(server.address[1])],
                              stdout=subprocess.PIPE) as child:
            child.stdout.readline()
            for number in signals:
                child.send_signal(number)

    def reset(server):
        with server.caller() as caller:
            exchange(caller)
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def finished(server):
        with server.caller() as caller:
            exchange(caller)

    def half_closed(server):
        with server.caller() as caller:
            caller.sendall(MESSAGE)
            caller.shutdown(socket.SHUT_WR)
            while caller.recv(1024):
                pass

    def stalled(server):
        with server.caller(receive_buffer=4096) as caller:
            caller.settimeout(0.2)
            with contextlib.suppress(TimeoutError):
                caller.sendall(bytes(8 << 20))

    ways = [finished, reset, half_closed, stalled, lambda server: killed(server, signal.SIGKILL),
            lambda server: killed(server, signal.SIGSTOP, signal.SIGKILL)]
    with Server("tcp", way) as server:
        before = warm(server)
        sent = answered = 0
        for _ in range(options.callers):
            for ending in ways:
                ending(server)
                sent += 1
                answered += round_trips(server, 1)[3]
        after, given_back = server.settled(before)
        report("endings", way, sent, answered, before, after, given_back and sent == answered)


def flood(way, options):
    with Server("udp", way, "--source-rate", "100000/s") as server, \
            socket.socket(type=socket.SOCK_DGRAM) as forger, \
            socket.socket(type=socket.SOCK_DGRAM) as honest:
        honest.settimeout(1)
        honest.connect(server.address)
        forger.setblocking(False)
        for _ in range(2000):
            honest.send(MESSAGE)
            honest.recv(1 << 16)
        before = server.state()
        sent = answered = out = back = 0
        for i in range(options.callers):
            number = i % 65_000
            source = bytes([127, 1 + number // 256, number % 256, 9])
            from_source = struct.pack("i4s4s", 0, source, source)
            forger.sendmsg([MESSAGE], [(socket.IPPROTO_IP, IP_PKTINFO, from_source)], 0, server.address)
            out += len(MESSAGE)
            with contextlib.suppress(BlockingIOError):
                back += len(forger.recv(1 << 16))
            if i % 50 == 0:
                honest.send(MESSAGE)
                sent += 1
                with contextlib.suppress(TimeoutError):
                    answered += honest.recv(1 << 16) == MESSAGE
        time.sleep(0.5)
        with contextlib.suppress(BlockingIOError):
            while True:
                back += len(forger.recv(1 << 16))
        after = server.state()
        good = back <= out and after[2] <= before[2] + GARBAGE_MB and answered >= 0.9 * sent
        report("flood", way, sent, answered, before, after, good,
               f"{options.callers} forged, {out} bytes there, {back} back")


MODES = {mode.__name__: mode for mode in (idle, churn, greedy, slow, descriptors, endings, flood)}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode", nargs="*", metavar="MODE")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--callers", type=int)
    parser.add_argument("--active", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--exchanges", type=int, default=1000)
    parser.add_argument("--counts", action="store_true")
    options = parser.parse_args()
    unknown = (set(options.mode) - set(MODES)) | (set(options.ways.split(",")) - set(WAYS))
    if unknown:
        parser.error(f"no such mode or way: {', '.join(sorted(unknown))}")
    if options.callers is not None and options.callers < 1:
        parser.error("--callers must be 1 or more")
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    callers = options.callers
    for mode in options.mode or MODES:
        for way in options.ways.split(","):
            if mode == "flood" and not way.startswith("platform"):
                continue
            options.callers = callers or SMOKE[mode]
            try:
                MODES[mode](way, options)
            except OSError as failure:
                print(f"{mode:12}{way:18}{failure!r:90} MISSED", flush=True)
                missed.append((mode, way))
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
