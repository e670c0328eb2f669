#!/usr/bin/env python3
"""Whether compare --for says the same, and the truth, each time, over links whose truth is known.

Each link is made so that it is known by arithmetic which ways of sending meet the need; compare is
run N times over each, with another seed each time, and its first sentence is held against that.

    bench/known-answers.py [N]   # 5 unless said otherwise; half an hour or so

Prints a line for each run. Ends with 0 if every answer was the truth, with 1 if one was not, which
includes "can't be told". Run it on a machine that has nothing else to do: a busy one can keep an
answer from being told. A run that takes longer than a minute is a failure, too.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
LONGEST_SECONDS = 60

ALL = "tcp, udp and udp+retry meet the need"
NONE = "tcp, udp and udp+retry do not meet the need"
AGAIN = "tcp and udp+retry meet the need; udp does not"

# The use, what changes it, and what has to be found.
TRUTHS = [
    # Nothing is lost, and 10 ms there and back are less than any deadline.
    ("sensor", ["--link", "delay=5ms"], ALL),
    # 0.95^2 of the datagrams come back: 90 %, and 99 % are needed.
    ("sensor", ["--link", "loss=5%,delay=5ms"], AGAIN),
    # 1.2 s there and back, and one is allowed.
    ("sensor", ["--link", "delay=600ms"], NONE),
    ("game", ["--link", "delay=5ms"], ALL),
    ("game", ["--link", "delay=60ms"], NONE),
    # 0.85^2: 72 %, and 80 % are needed; what is sent again comes 10 ms later at the soonest.
    ("game", ["--link", "loss=15%,delay=2ms", "--deadline", "2s", "--must-arrive", "80%"], AGAIN),
    ("voice", ["--link", "delay=20ms"], ALL),
    ("voice", ["--link", "delay=160ms"], NONE),
    # 256 KiB are 220 datagrams, and the link's queue takes them all.
    ("file", ["--size", "256KiB", "--link", "rate=5Mbit/s,delay=5ms,queue=1000"], ALL),
    # All 220 would have to come: of one file in 800.
    ("file", ["--size", "256KiB", "--link", "rate=5Mbit/s,delay=5ms,loss=3%"], AGAIN),
    # 256 KiB at 200 kbit/s take 10 s, and 6 are allowed.
    ("file", ["--size", "256KiB", "--link", "rate=200kbit/s,delay=5ms"], NONE),
]


def answer(use, flags, seed):
    """The first sentence of one run, and how long that took."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "result.json"
        command = [TOP / "sockbed", "compare", "--for", use, *flags]
        begin = time.monotonic()
        run = subprocess.run(
            [*command, "--seed", str(seed), "--quiet", "--json", str(file)],
            capture_output=True,
            text=True,
            timeout=600,
        )
        seconds = time.monotonic() - begin
        if run.returncode not in (0, 1):
            sys.exit(f"compare ended with {run.returncode}: {run.stderr.strip()}")
        text = json.loads(file.read_text())["workload"]["text"]
        second_line = run.stdout.splitlines()[1].strip()
        if not text.startswith(second_line):
            sys.exit(f"the terminal's answer is '{second_line}', the file's '{text}'")
        return text, seconds


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    wrong = 0
    for use, flags, truth in TRUTHS:
        for seed in range(1, runs + 1):
            text, seconds = answer(use, flags, seed)
            good = text == truth and seconds <= LONGEST_SECONDS
            wrong += not good
            print(
                f"{'ok  ' if good else 'FAIL'} {seconds:5.1f} s  --for {use} {' '.join(flags)}: {text}",
                flush=True,
            )
    print(f"{wrong} of {runs * len(TRUTHS)} runs did not say what is known")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
