#!/usr/bin/env python3
"""Draws what coordinated omission hides, from two real runs of sockbed.

  bench/coordinated-omission.py [FILE.svg]

An echo server on loopback stands still for 100 ms at the beginning of every second. It is asked
twice for 20 s: by an open loop of 1,000 messages a second, timed from the moment at which each was
due, and by a closed loop with one message under way, timed from its send. The picture, by default
docs/coordinated-omission.svg, has both by percentile; the numbers are printed. Needs what `mvn
package` has built.
"""

import base64
import json
import math
import os
import pathlib
import socket
import subprocess
import sys
import threading
import time
import zlib

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = 20
JAVA = [str(HERE.parent / "sockbed"), "--java", "-jar", str(HERE / "target" / "sockbed.jar")]
WIDTH, HEIGHT = 760, 360
LEFT, RIGHT, TOP, BOTTOM = 76, 24, 20, 52
PLACES = {0: "0", math.log10(2): "50", 1: "90", 2: "99", 3: "99.9"}


def serve(listener):
    """Echoes, but for the first tenth of each second."""
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection:
            while data := connection.recv(65536):
                into_second = time.monotonic() % 1
                if into_second < 0.1:
                    time.sleep(0.1 - into_second)
                connection.sendall(data)


def counts(histogram):
    """The values and counts of an HdrHistogram, version 2, compressed, in base64."""
    data = zlib.decompress(base64.b64decode(histogram)[8:])
    digits = int.from_bytes(data[12:16], "big")
    unit = int(math.log2(int.from_bytes(data[16:24], "big")))
    half = 2 ** math.ceil(math.log2(2 * 10**digits)) // 2
    place, index = 40, 0
    while place < len(data):
        number, shift = 0, 0
        while True:
            byte = data[place]
            place += 1
            last = shift == 56 or byte < 0x80
            number |= (byte if shift == 56 else byte & 0x7F) << shift
            shift += 7
            if last:
                break
        number = (number >> 1) ^ -(number & 1)
        if number < 0:
            index -= number  # So many zeros.
            continue
        bucket = index // half - 1
        within = index % half + half if bucket >= 0 else index
        yield within << (max(bucket, 0) + unit), number
        index += 1


def curve(histogram):
    """Places (powers of ten of what is left over) and milliseconds, ten samples beyond each."""
    found = [(value, count) for value, count in counts(histogram) if count]
    total = sum(count for _, count in found)
    passed, points = 0, []
    for value, count in found:
        points.append((math.log10(total / (total - passed)), value / 1e6))
        passed += count
        if total - passed < 10:
            break
        points.append((math.log10(total / (total - passed)), value / 1e6))
    return points


def run(port, *pace):
    command = [*JAVA, "load", f"tcp://127.0.0.1:{port}", *pace]
    command += ["--duration", f"{SECONDS}s", "--json", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return json.loads(done.stdout)["cells"][0]


def x_of(place):
    return LEFT + place / 3.3 * (WIDTH - LEFT - RIGHT)


def y_of(millis):
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (math.log10(millis) + 2) / 4.3)


def text(x, y, words, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{words}</text>'


def line(points, colour):
    path = " ".join(f"{x_of(x):.1f},{y_of(max(y, 0.011)):.1f}" for x, y in points if x <= 3.3)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.25"/>'


def picture(opened, closed):
    shapes = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="Time by percentile: the response time of an open loop rises to 100 ms from the '
        '90th percentile on, the service time of a closed loop stays flat" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#444">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for millis, words in ((0.01, "10 µs"), (0.1, "100 µs"), (1, "1 ms"), (10, "10 ms"), (100, "100 ms")):
        y = y_of(millis)
        shapes.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        shapes.append(text(LEFT - 8, y + 4, words, "end"))
    for place, words in PLACES.items():
        shapes.append(f'<path d="M{x_of(place):.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>')
        shapes.append(text(x_of(place), HEIGHT - BOTTOM + 18, f"{words} %"))
    shapes.append(text(WIDTH / 2, HEIGHT - 12, "of messages took at most so long"))
    shapes.append(line(opened, "#0b62a8"))
    shapes.append(line(closed, "#b3541e"))
    bold = ' font-weight="600"'
    shapes.append(text(x_of(1.9), y_of(35), "open loop, response time", "middle", f'{bold} fill="#0b62a8"'))
    shapes.append(text(x_of(2.3), y_of(0.8), "closed loop, service time", "middle", f'{bold} fill="#b3541e"'))
    return "\n".join([*shapes, "</svg>"]) + "\n"


def main():
    target = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "docs" / "coordinated-omission.svg")
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    port = listener.getsockname()[1]
    opened = run(port, "--rate", "1000/s")
    closed = run(port, "--window", "1")
    target.write_text(picture(curve(opened["responseHistogram"]), curve(closed["histogram"])))
    for name, times in (("open loop, response", opened["responseNs"]), ("closed loop, service", closed["serviceNs"])):
        shown = "  ".join(f"{key} {(times[key] or 0) / 1e6:.3f}" for key in ("p50", "p90", "p99", "p999", "max"))
        print(f"{name:22}{shown}  (ms, of {times['count']} messages)")
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
