#!/usr/bin/env python3
"""Draws the pictures of docs/performance.md from what two commands found.

  ./sockbed bench --peers --json peers.json
  ./sockbed bench --scale --json scale.json
  bench/performance-plots.py [FROM [INTO]]

Reads peers.json and scale.json in the directory FROM, the current one if none is named, and writes
three pictures into INTO, by default docs: performance-round-trips.svg, performance-batches.svg,
performance-scale.svg. They follow the reader's choice of light or dark.
"""

import json
import math
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
DOCS = HERE.parent / "docs"
WIDTH = 760
LABELS, VALUES = 316, 84  # Room for what stands left of the bars and right of them.
BAR, GAP, GROUP = 17, 6, 34
NAMES = {
    "sockbed": "sockbed",
    "sockbed loop": "sockbed, event loop",
    "channels": "bare channels",
    "java.net": "java.net",
    "netty": "Netty epoll",
}

STYLE = """<style>
  text { font: 13px system-ui, sans-serif; fill: #3a3f45 }
  .paper { fill: #fff } .grid { stroke: #dfe3e7 } .head { font-weight: 600 }
  .ours { fill: #0b62a8 } .other { fill: #8a929b }
  .one { stroke: #0b62a8; fill: none } .two { stroke: #b3541e; fill: none }
  .one-text { fill: #0b62a8; font-weight: 600 } .two-text { fill: #a04a19; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #d5dae0 } .paper { fill: #15181c } .grid { stroke: #343a41 }
    .ours { fill: #6cb2f0 } .other { fill: #7d858e }
    .one { stroke: #6cb2f0 } .two { stroke: #f0a26c } .one-text { fill: #6cb2f0 } .two-text { fill: #f0a26c }
  }
</style>"""


def load(folder, name):
    file = folder / name
    if not file.exists():
        sys.exit(f"{file} is not there; see --help")
    return json.loads(file.read_text())["cells"]


def text(x, y, words, anchor="start", kind=""):
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{words}</text>'


def svg(height, label, shapes):
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{label}">'
    paper = f'<rect class="paper" width="{WIDTH}" height="{height:.0f}"/>'
    return "\n".join([head, STYLE, paper, *shapes, "</svg>"]) + "\n"


def bars(groups, label, shown, place=lambda value, most: value / most):
    """Groups of bars: (heading, [(name, value, whether it is ours)])."""
    most = max(value for _, rows in groups for _, value, _ in rows)
    y, shapes = 12, []
    for heading, rows in groups:
        shapes.append(text(16, y + 14, heading, kind="head"))
        y += GROUP - 8
        for name, value, ours in rows:
            length = place(value, most) * (WIDTH - LABELS - VALUES)
            kind = "ours" if ours else "other"
            shapes.append(text(LABELS - 10, y + 13, name, "end"))
            shapes.append(f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{max(length, 1):.1f}" height="{BAR}" rx="2"/>')
            shapes.append(text(LABELS + length + 6, y + 13, shown(value)))
            y += BAR + GAP
        y += 8
    return svg(y + 4, label, shapes)


class Peers:
    def __init__(self, cells):
        self.cells = [cell for cell in cells if cell["sizeBytes"] == 128]

    def find(self, **wanted):
        found = [cell for cell in self.cells if all(cell[key] == value for key, value in wanted.items())]
        return {cell["who"]: cell for cell in found}


def trips(peers, transport):
    way = {"transport": transport, "io": "plain", "connections": 1, "window": 1}
    rows = []
    for words, more in (
        ("each on its own, asleep", {"wait": "block", "cpus": 2}),
        ("both on one, asleep", {"wait": "block", "cpus": 1}),
        ("each on its own, spinning", {"wait": "spin", "cpus": 2}),
    ):
        for who, cell in peers.find(**way, **more).items():
            micros = statistics.median(cell["roundP50Ns"]) / 1e3
            rows.append((f"{words}: {NAMES[who]}", micros, who.startswith("sockbed")))
    return f"{transport.upper()}, median round trip of 128 bytes", rows


def rates(peers, transport, window):
    rows = []
    for io, words in (("plain", "one message a call"), ("batched", "batched")):
        cells = peers.find(transport=transport, io=io, wait="block", cpus=1, connections=1, window=window)
        for who, cell in cells.items():
            rate = statistics.median(cell["messagesPerSecond"])
            rows.append((f"{words}: {NAMES[who]}", rate, who.startswith("sockbed")))
    return f"{transport.upper()}, messages of 128 bytes a second, window {window:,}", rows


def rate(value):
    return f"{value / 1e6:.2f} M" if value >= 1e6 else f"{value / 1e3:,.0f} k"


def scale(cells):
    left, right, top, bottom, height = 76, 136, 20, 56, 320
    places = {held: index for index, held in enumerate(sorted({cell["held"] for cell in cells}))}
    most = max(statistics.median(cell["p99Ns"]) for cell in cells) / 1e6
    step = 10 ** math.floor(math.log10(most))
    step = step if most / step >= 3 else step / 2

    def x_of(held):
        return left + places[held] / (len(places) - 1) * (WIDTH - left - right)

    def y_of(millis):
        return top + (height - top - bottom) * (1 - millis / (most * 1.1))

    shapes = []
    for line in range(int(most * 1.1 / step) + 1):
        y = y_of(line * step)
        shapes.append(f'<path class="grid" d="M{left} {y:.1f}H{WIDTH - right}"/>')
        shapes.append(text(left - 8, y + 4, f"{line * step:g} ms", "end"))
    for held in places:
        shapes.append(text(x_of(held), height - bottom + 18, f"{held:,}", "middle"))
    shapes.append(text((left + WIDTH - right) / 2, height - 12, "held connections beside 100 active ones", "middle"))
    for threads, kind in (("platform", "one"), ("virtual", "two")):
        for key, dashes in (("p99Ns", ""), ("p50Ns", ' stroke-dasharray="5 4"')):
            points = [
                (x_of(cell["held"]), y_of(statistics.median(cell[key]) / 1e6))
                for cell in cells
                if cell["threads"] == threads
            ]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            shapes.append(f'<polyline class="{kind}" points="{path}" stroke-width="2.25"{dashes}/>')
            words = f"{threads}, {key[:3]}"
            shapes.append(text(points[-1][0] + 8, points[-1][1] + 4, words, kind=f"{kind}-text"))
    label = "Round trips of 100 active connections by how many others are held, on platform and on virtual threads"
    return svg(height, label, shapes)


def main():
    if len(sys.argv) > 1 and sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path()
    into = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else DOCS
    peers = Peers(load(folder, "peers.json"))
    held = load(folder, "scale.json")
    pictures = {
        "performance-round-trips.svg": bars(
            [trips(peers, "tcp"), trips(peers, "udp")],
            "Median round trips: sleeping on two processors takes several times as long as on one, spinning least",
            lambda micros: f"{micros:.1f} µs",
        ),
        "performance-batches.svg": bars(
            [rates(peers, "tcp", 1024), rates(peers, "udp", 256)],
            "Messages a second with one message a system call and with batches",
            rate,
        ),
        "performance-scale.svg": scale(held),
    }
    for name, picture in pictures.items():
        (into / name).write_text(picture)
        print(f"wrote {into / name}")


if __name__ == "__main__":
    main()
