#!/usr/bin/env bash
# libpcap 1.10.3 (tcpdump 4.99.3) stops reading a pcapng file at the second description of an interface
# if both are of LINKTYPE_RAW (101), with "an interface has a type 101 different from the type of the
# first interface". Both are the same type. The format allows several interfaces, and with
# LINKTYPE_IPV4 (228) twice the same file is read.
#
# sockbed's traces of a link therefore must not have LINKTYPE_RAW on two interfaces.
set -euo pipefail

missing() {
  echo "can't be tried: $1" >&2
  exit 4
}
for program in apt-get dpkg python3; do
  command -v "$program" >/dev/null || missing "$program is not installed"
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download tcpdump=4.99.3-1 libpcap0.8=1.10.3-1 >apt.log 2>&1 || {
  cat apt.log >&2
  exit 4
}
for package in *.deb; do dpkg -x "$package" .; done
libraries=$(dirname "$(find . -name 'libpcap.so.0.8')")
tcpdump=$(find . -name tcpdump -type f -perm -u+x)

# Two interfaces of one link type and one IPv4 packet on each.
python3 - <<'PYTHON'
import struct

def block(kind, body):
    length = 12 + len(body)
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)

def file(link_type):
    packet = bytes.fromhex("4500001c00010000401100007f0000017f00000127102711" "00080000")
    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    for _ in range(2):
        out += block(1, struct.pack("<HHI", link_type, 0, 65535))
    for interface in range(2):
        out += block(6, struct.pack("<IIIII", interface, 0, 1, len(packet), len(packet)) + packet)
    return out

for name, link_type in (("raw", 101), ("ipv4", 228)):
    open(f"{name}.pcapng", "wb").write(file(link_type))
PYTHON

export LD_LIBRARY_PATH=$libraries
"$tcpdump" --version 2>&1 | head -n 2
show() {
  echo "-- two interfaces of $1:"
  status=0
  "$tcpdump" -n -r "$2" >read.out 2>read.err || status=$?
  cat read.out read.err
  echo "exit status $status"
}
show "LINKTYPE_RAW" raw.pcapng
refused=$(grep -c "different from the type of the first interface" read.err || true)
show "LINKTYPE_IPV4" ipv4.pcapng
packets=$(grep -c "127.0.0.1.10000 > 127.0.0.1.10001" read.out || true)
if ! { [ "$refused" = 1 ] && [ "$packets" = 2 ]; }; then
  echo "This has changed."
  exit 1
fi
