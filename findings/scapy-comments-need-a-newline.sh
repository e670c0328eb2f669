#!/usr/bin/env bash
# scapy 2.5.0 reads the comment of a packet in a pcapng file only if its text ends with a newline; else
# the packet has no comment at all. The format asks for no newline (opt_comment is a UTF-8 string that is
# not terminated), and tshark shows either.
#
# sockbed's traces of a link therefore end each comment with a newline.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download python3-scapy=2.5.0+dfsg-2 >apt.log 2>&1 || {
  cat apt.log >&2
  exit 4
}
dpkg -x python3-scapy_*.deb .

PYTHONPATH=$folder/usr/lib/python3/dist-packages python3 - <<'PYTHON'
import logging
import struct
import sys

logging.disable(logging.WARNING)
import scapy
from scapy.utils import rdpcap

def block(kind, body):
    length = 12 + len(body)
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)

def file(comment):
    packet = bytes.fromhex("4500001c00010000401100007f0000017f00000127102711" "00080000")
    text = comment.encode()
    option = struct.pack("<HH", 1, len(text)) + text + bytes(-len(text) % 4) + bytes(4)
    head = struct.pack("<IIIII", 0, 0, 1, len(packet), len(packet))
    return (
        block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
        + block(1, struct.pack("<HHI", 228, 0, 65535))
        + block(6, head + packet + option)
    )

print("scapy", scapy.VERSION)
found = {}
for comment in ("lost", "lost\n"):
    open("one.pcapng", "wb").write(file(comment))
    found[comment] = rdpcap("one.pcapng")[0].comment
    print(f"written {comment!r:8}  read {found[comment]!r}")
if found["lost"] is not None or not found["lost\n"]:
    print("This has changed.")
    sys.exit(1)
PYTHON
