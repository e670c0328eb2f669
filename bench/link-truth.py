#!/usr/bin/env python3
"""Checks with sockets and arithmetic of its own that sockbed's emulated links do what they say.

  bench/link-truth.py [PACKETS [counts|times]]

Numbered datagrams go through `sockbed link`, over real networks (tun) and through a relay:

  loss      0.1, 1, 5 and 20 %: in the 99.9 % binomial interval, the link's counters exactly as
            counted here, and tun and relay lose the very same datagrams
  bursts    their number, mean length and distribution of lengths (chi-squared, 99.9 %)
  delay     mean and quantiles of each shape, within 5 % or 200 µs
  rate      bytes a second, within 3 %
  seed      the same seed gives byte for byte the same fates in the trace, another seed does not

PACKETS (default 130000) go through for each loss and kind, more than a million in all. With `counts`
nothing is checked that a busy machine could spoil: no delays, no rates; with `times` only those.

Virtual machines' processors stand still now and then by themselves, and what is due then is late. How
much that was is told of each delay. Where it is more than 0.25 % of the time, both processors together,
and the delays are off, they are measured again, at most five times; the last time counts.

Ends with 1 if anything is off. Needs Linux. Where networks can't be made (no root), tun is left out.
"""

import contextlib
import math
import os
import pathlib
import re
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

SOCKBED = str(pathlib.Path(__file__).resolve().parent.parent / "sockbed")
HEADERS = 28  # IPv4's and UDP's, which a link counts too.
BUFFER = 4 << 20
STAMP = struct.Struct("!QQ")  # Number and time of sending, ns since 1970.
SO_TIMESTAMPNS = 35  # Python has no name for it.
TIME = struct.Struct("@qq")  # A struct timespec.
FIRST_PER_MS = 2  # A JVM that has just begun is slow.
WARM_SECONDS = 1.5
LOOK = 0.5  # Seconds without a datagram; after the sender's end, this many more are a pause:
SILENT_LOOKS = 3
FIRST_WITHIN = 30  # Seconds.
ATTEMPTS = 5
STALL = 200_000
WATCHERS_PRIORITY = 50
SPOILING = 0.0025
NORMAL_999 = statistics.NormalDist().inv_cdf(0.9995)

failures = []


def report(what, told, found, good):
    print(f"{what:37} {told:26} {found:42} {'ok' if good else 'OFF'}", flush=True)
    if not good:
        failures.append(what)


def udp_socket():
    end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    end.bind(("127.0.0.1", 0))
    return end


class Link:
    """`sockbed link` between a socket of ours and a server socket of ours."""

    def __init__(self, mode, *flags):
        self.server = udp_socket()
        target = f"udp://127.0.0.1:{self.server.getsockname()[1]}"
        command = [SOCKBED, "link", "--listen", "udp://127.0.0.1:0", "--to", target]
        self.process = subprocess.Popen(
            [*command, "--link-mode", mode, *flags, "--quiet"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        listening = re.match(r"listening udp://127\.0\.0\.1:(\d+)", line)
        if not listening:
            self.server.close()
            raise RuntimeError(line + self.process.communicate()[1])
        self.client = udp_socket()
        self.client.connect(("127.0.0.1", int(listening[1])))
        self.output = ""

    def end(self):
        """Ends it; what it counted on the way up: packets, delivered, lost."""
        self.process.terminate()
        self.output = "".join(self.process.communicate())
        self.client.close()
        self.server.close()
        up = re.search(r"^up: (\d+) packets, (\d+) delivered(?:, (\d+) lost)?", self.output, re.M)
        return tuple(int(number or 0) for number in up.groups())


class Stalls:
    """How much of the time the processors stand still meanwhile, by no doing of any program's.

    On each sleeps a thread that goes before all others, and sees how late it is woken. Where the
    system does not let it go before others it can't tell a processor that stands still from one
    that is at work.
    """

    def __enter__(self):
        self.begin = time.monotonic()
        self.watchers = [self.watch(processor) for processor in sorted(os.sched_getaffinity(0))]
        return self

    def watch(self, processor):
        out, into = os.pipe()
        child = os.fork()
        if child:
            os.close(into)
            return child, out
        late = 0
        try:
            signal.signal(signal.SIGTERM, lambda *_: sys.exit())
            os.sched_setaffinity(0, {processor})
            with contextlib.suppress(PermissionError):
                os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(WATCHERS_PRIORITY))
            while True:
                due = time.monotonic_ns() + 1_000_000
                time.sleep(0.001)
                passed = time.monotonic_ns() - due
                late += passed if passed > STALL else 0
        except SystemExit:
            goes_before = os.sched_getscheduler(0) == os.SCHED_FIFO
            os.write(into, f"{late} {goes_before:d}".encode())
        finally:
            os._exit(0)

    def __exit__(self, *_):
        seconds = time.monotonic() - self.begin
        told = []
        for child, out in self.watchers:
            os.kill(child, signal.SIGTERM)
            os.waitpid(child, 0)
            told.append([int(word) for word in os.read(out, 100).split()])
            os.close(out)
        self.share = sum(late for late, _ in told) / 1e9 / seconds
        self.known = all(goes_before for _, goes_before in told)

    def may_spoil(self):
        """A packet is late that comes while one stands still, and so is one that is due then."""
        return self.known and self.share > SPOILING


def receive(end, count, has_ended):
    """Numbers, delays in ns and times of what comes, in the order of coming, until a pause.

    A pause counts when the sender has ended, and has had time for its first to come. The times are
    those at which the kernel had the datagrams, however late this program runs.
    """
    numbers, delays, times = [], [], []
    end.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    end.settimeout(LOOK)
    buffer = bytearray(2048)
    patience = time.monotonic() + FIRST_WITHIN
    silent = 0
    while len(numbers) < count:
        try:
            _, [(_, _, stamp)], _, _ = end.recvmsg_into([buffer], socket.CMSG_SPACE(TIME.size))
        except TimeoutError:
            silent += has_ended()
            if silent > SILENT_LOOKS and (numbers or time.monotonic() > patience):
                break
            continue
        silent = 0
        seconds, nanoseconds = TIME.unpack(stamp)
        now = seconds * 1_000_000_000 + nanoseconds
        number, sent = STAMP.unpack_from(buffer)
        numbers.append(number)
        delays.append(now - sent)
        times.append(now)
    return numbers, delays, times


def send(end, count, per_ms, size):
    """Sends so many every millisecond, and less at first."""
    fill = bytes(size - STAMP.size)
    start = time.monotonic()
    sent = 0
    while sent < count:
        passed = time.monotonic() - start
        warm = min(passed, WARM_SECONDS)
        due = 1000 * (min(per_ms, FIRST_PER_MS) * warm + per_ms * (passed - warm))
        while sent < min(due, count):
            end.send(STAMP.pack(sent, time.time_ns()) + fill)
            sent += 1
        time.sleep(0.001)


def stream(link, count, per_ms, size=64):
    """Sends from a process of its own, so that receiving is not held up; what was received."""
    child = os.fork()
    if child == 0:
        try:
            send(link.client, count, per_ms, size)
        finally:
            os._exit(0)
    how = os.WEXITED | os.WNOHANG | os.WNOWAIT
    try:
        return receive(link.server, count, lambda: os.waitid(os.P_PID, child, how) is not None)
    finally:
        os.waitpid(child, 0)


def check_loss(mode, percent, packets):
    """Which datagrams were lost."""
    link = Link(mode, "--up-loss", f"{percent}%", "--seed", "7")
    numbers, _, _ = stream(link, packets, per_ms=20)
    offered, delivered, lost = link.end()
    missing = set(range(packets)) - set(numbers)
    share = percent / 100
    half = NORMAL_999 * math.sqrt(packets * share * (1 - share))
    low, high = packets * share - half, packets * share + half
    report(
        f"loss {percent} %, {mode}, {packets:,} packets",
        f"{low:,.0f} to {high:,.0f} lost",
        f"{len(missing):,} lost; the link says {lost:,}",
        low <= len(missing) <= high
        and (offered, delivered, lost) == (packets, len(numbers), len(missing)),
    )
    return missing


def runs_of(missing):
    lengths, last = [], None
    for number in sorted(missing):
        if last is not None and number == last + 1:
            lengths[-1] += 1
        else:
            lengths.append(1)
        last = number
    return lengths


def check_bursts(mode, packets):
    share, mean = 0.05, 4
    link = Link(mode, "--up-loss", f"{share:%}", "--up-burst", str(mean), "--seed", "8")
    numbers, _, _ = stream(link, packets, per_ms=20)
    link.end()
    lengths = runs_of(set(range(packets)) - set(numbers))
    found = statistics.fmean(lengths)
    # Geometric lengths: variance (1-p)/p² with p = 1/mean.
    half = NORMAL_999 * math.sqrt((1 - 1 / mean) * mean**2 / len(lengths))
    report(
        f"bursts, {mode}, {packets:,} packets",
        f"mean {mean - half:.2f} to {mean + half:.2f}",
        f"mean {found:.2f} of {len(lengths):,} bursts",
        abs(found - mean) <= half,
    )
    bins = 12
    expected = [len(lengths) * (1 - 1 / mean) ** (k - 1) / mean for k in range(1, bins)]
    expected.append(len(lengths) * (1 - 1 / mean) ** (bins - 1))
    counted = [sum(min(length, bins) == k for length in lengths) for k in range(1, bins + 1)]
    chi = sum((o - e) ** 2 / e for o, e in zip(counted, expected))
    limit = 31.26  # 99.9 % of chi-squared with 11 degrees of freedom.
    report(
        f"lengths of bursts, {mode}",
        f"chi² below {limit}",
        f"chi² {chi:.1f}, longest {max(lengths)}",
        chi < limit,
    )


def quantile(shape, part):
    """How many jitters from the mean."""
    if shape == "normal":
        return statistics.NormalDist().inv_cdf(part)
    if shape == "uniform":
        return 2 * part - 1
    # Pareto's distribution with exponent 3 has mean 3/2 and variance 3/4.
    return ((1 - part) ** (-1 / 3) - 1.5) / math.sqrt(0.75)


def check_delay(mode, shape, packets):
    mean, jitter = 20e6, (0 if shape == "none" else 4e6)
    told = {"mean": mean}
    for part in (0.1, 0.5, 0.9, 0.99):
        told[f"p{100 * part:g}"] = mean + (quantile(shape, part) * jitter if jitter else 0)
    allowed = {name: max(0.05 * value, 200e3) for name, value in told.items()}
    for times in range(1, ATTEMPTS + 1):
        with Stalls() as stalls:
            found, all_came = measure_delay(mode, shape, packets, told)
        good = all_came and all(abs(found[name] - told[name]) <= allowed[name] for name in told)
        if good or not stalls.may_spoil():
            break
    report(
        f"delay {shape}, {mode}, {packets:,} packets",
        " ".join(f"{value / 1e6:.1f}" for value in told.values()) + " ms",
        " ".join(f"{value / 1e6:.2f}" for value in found.values())
        + f" ms (mean 10 50 90 99 %), still {100 * stalls.share:.2f} %"
        + (f", measured {times} times" if times > 1 else ""),
        good,
    )


def measure_delay(mode, shape, packets, names):
    """The mean and the quantiles that are named, in ns, and whether all came."""
    flags = ["--up-delay", "20ms"]
    flags += [] if shape == "none" else ["--up-jitter", "4ms", "--up-shape", shape]
    link = Link(mode, *flags, "--seed", "9")
    _, delays, _ = stream(link, packets, per_ms=4)
    offered, *_ = link.end()
    ordered = sorted(delays[packets // 2 :])  # What came before, a JVM that still compiles itself.
    found = {}
    for name in names:
        part = float(name[1:]) / 100 if name != "mean" else 0
        found[name] = ordered[int(part * len(ordered))] if part else statistics.fmean(ordered)
    return found, offered == len(delays) == packets


def check_rate(mode):
    megabits, size, packets = 8, 1000, 10_000
    link = Link(mode, "--up-rate", f"{megabits}Mbit/s", "--up-queue", "50")
    _, _, times = stream(link, packets, per_ms=2, size=size)
    link.end()
    # From when the queue is full for sure until the last that was sent has come.
    begin = len(times) // 2
    seconds = (times[-1] - times[begin]) / 1e9
    found = (len(times) - 1 - begin) * (size + HEADERS) * 8 / seconds / 1e6
    report(
        f"rate, {mode}, {len(times):,} packets",
        f"{0.97 * megabits:.2f} to {1.03 * megabits:.2f} Mbit/s",
        f"{found:.2f} Mbit/s",
        abs(found / megabits - 1) <= 0.03,
    )


def fates(path):
    """The packets' comments in a pcapng file, in order."""
    data = path.read_bytes()
    at, told = 0, []
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        if kind == 6:
            captured = struct.unpack_from("<I", data, at + 20)[0]
            option = at + 28 + (captured + 3) // 4 * 4
            code, size = struct.unpack_from("<HH", data, option)
            assert code == 1, "the first option is not a comment"
            told.append(data[option + 4 : option + 4 + size])
        at += length
    return told


def check_seed(packets):
    flags = ["--up-loss", "5%", "--up-burst", "3", "--up-delay", "2ms", "--up-jitter", "1ms"]
    flags += ["--up-duplicate", "2%", "--up-corrupt", "1%", "--up-reorder", "1%"]
    traces = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in ("11", "11", "12"):
            path = pathlib.Path(folder) / "trace.pcapng"
            link = Link("tun", *flags, "--seed", seed, "--trace", str(path))
            stream(link, packets, per_ms=5)
            link.end()
            traces.append(fates(path))
    first, second, third = traces
    differing = sum(a != b for a, b in zip(first, second))
    report(
        f"seed, tun, {packets:,} packets",
        "same seed same fates",
        f"{len(first):,} and {len(second):,} fates, {differing:,} differ; other seed "
        + ("THE SAME" if first == third else "differs"),
        first == second and first != third and len(first) == packets,
    )


def may_make_networks():
    try:
        Link("tun").end()
        return True
    except RuntimeError as refused:
        print(f"tun is left out: {refused}".strip())
        return False


def check_counts(modes, packets):
    """What a busy machine can't spoil."""
    for percent in (0.1, 1, 5, 20):
        lost = [check_loss(mode, percent, packets) for mode in modes]
        if len(lost) > 1:
            report(
                f"tun and relay, {percent} %",
                "the same datagrams lost",
                f"{len(lost[0] ^ lost[1])} lost by one of them only",
                lost[0] == lost[1],
            )
    for mode in modes:
        check_bursts(mode, min(packets, 260_000))
    if "tun" in modes:
        check_seed(few_of(packets))


def check_times(modes, packets):
    for mode in modes:
        for shape in ("none", "normal", "uniform", "pareto"):
            check_delay(mode, shape, few_of(packets))
        check_rate(mode)


def few_of(packets):
    """So many are enough for times and traces."""
    return max(2_000, min(packets // 5, 26_000))


def main():
    number = sys.argv[1] if len(sys.argv) > 1 else "130000"
    part = sys.argv[2] if len(sys.argv) > 2 else "all"
    if not number.isdigit() or int(number) == 0 or part not in ("all", "counts", "times"):
        sys.exit(__doc__)
    packets = int(number)
    modes = ["tun", "relay"] if may_make_networks() else ["relay"]
    print(f"{'':37} {'as it should be':26} as counted here")
    if part != "times":
        check_counts(modes, packets)
    if part != "counts":
        check_times(modes, packets)
    print(f"\n{'all as it should be' if not failures else 'OFF: ' + '; '.join(failures)}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
