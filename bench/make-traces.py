#!/usr/bin/env python3
"""Makes docs/traces/walk.up and walk.down, two short networks in Mahimahi's format.

They are no recording: a random walk, always the same, with numbers that we chose. The rate of each
tenth of a second is that of the one before times a log-normal step, drawn back to its mean; once,
at 12 s, nothing gets through for 0.6 s, as at a handover. Each line is a time in milliseconds at
which 1,500 bytes may leave.

    bench/make-traces.py [FOLDER]       (default: docs/traces)
"""

import math
import pathlib
import random
import sys

SECONDS = 20
STEPS_A_SECOND = 10
BITS_AN_OPPORTUNITY = 1500 * 8
OUTAGE = range(12_000, 12_600)


def opportunities(mean_bits, seed):
    draws = random.Random(seed)
    deviation = 0.0
    due = 0.0
    for millisecond in range(1, SECONDS * 1000 + 1):
        if millisecond % (1000 // STEPS_A_SECOND) == 1:
            deviation = 0.9 * deviation + draws.gauss(0, 0.3)
        due += mean_bits * math.exp(deviation) / 1000 / BITS_AN_OPPORTUNITY
        while due >= 1:
            due -= 1
            if millisecond not in OUTAGE:
                yield millisecond


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "docs/traces")
    for name, mean_bits, seed in (("walk.up", 1_500_000, 1), ("walk.down", 5_000_000, 2)):
        times = list(opportunities(mean_bits, seed))
        (folder / name).write_text("".join(f"{time}\n" for time in times))
        mbit = len(times) * BITS_AN_OPPORTUNITY / times[-1] / 1000
        print(f"{name}: {len(times)} lines, {times[-1] / 1000:.1f} s, {mbit:.2f} Mbit/s on average")


main()
