"""An echo server at 192.168.7.2:10000 with a TCP of its own on the TUN device tun0.

It takes segments in order only, offers no options, and holds a few of them. The queue is emptied a
moment after the first came. What comes while it is full is dropped without a duplicate
acknowledgement, as on a small board, so that the sender learns of it by its retransmission timeout.

usage: short_queue.py SEGMENTS
"""
import fcntl
import os
import select
import struct
import sys
import time

PAUSE = 0.02
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
WINDOW = 60000
MOST = 1400


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Connection:
    def __init__(self, seq):
        self.expected = (seq + 1) & 0xFFFFFFFF
        self.next = 1000
        self.waiting = []
        self.due = None


class Stack:
    def __init__(self, device, room):
        self.device = device
        self.room = room
        self.connections = {}

    def run(self):
        while True:
            times = [c.due for c in self.connections.values() if c.due is not None]
            wait = max(0, min(times) - time.monotonic()) if times else None
            if select.select([self.device], [], [], wait)[0]:
                self.receive(os.read(self.device, 2048))
            for peer, connection in self.connections.items():
                if connection.due is not None and time.monotonic() >= connection.due:
                    self.empty(peer, connection)

    def receive(self, packet):
        if packet[0] >> 4 != 4 or packet[9] != 6:
            return
        tcp = packet[(packet[0] & 15) * 4 : struct.unpack("!H", packet[2:4])[0]]
        port, to, seq, _, offset, flags = struct.unpack("!HHIIBB", tcp[:14])
        peer = (packet[12:16], packet[16:20], port, to)
        data = tcp[(offset >> 4) * 4 :]
        if flags & RST:
            self.connections.pop(peer, None)
        elif flags & SYN:
            connection = self.connections[peer] = Connection(seq)
            self.send(peer, connection, SYN | ACK, b"")
            connection.next += 1
        elif peer in self.connections:
            self.take(peer, self.connections[peer], seq, data, flags)

    def take(self, peer, connection, seq, data, flags):
        if not data and not flags & FIN:
            return
        if 0 < (connection.expected - seq) & 0xFFFFFFFF < 1 << 31:  # It has that already.
            self.send(peer, connection, ACK, b"")
        elif seq != connection.expected:  # One before it is missing.
            return
        elif flags & FIN and not data:
            self.empty(peer, connection)
            connection.expected += 1
            self.send(peer, connection, FIN | ACK, b"")
            connection.next += 1
        elif len(connection.waiting) < self.room:
            connection.waiting.append(data)
            connection.expected = (connection.expected + len(data)) & 0xFFFFFFFF
            if connection.due is None:
                connection.due = time.monotonic() + PAUSE

    def empty(self, peer, connection):
        data = b"".join(connection.waiting)
        connection.waiting.clear()
        connection.due = None
        while data:
            self.send(peer, connection, PSH | ACK, data[:MOST])
            connection.next = (connection.next + len(data[:MOST])) & 0xFFFFFFFF
            data = data[MOST:]

    def send(self, peer, connection, flags, data):
        there, here, port, own = peer
        tcp = struct.pack(
            "!HHIIBBHHH", own, port, connection.next, connection.expected, 5 << 4, flags, WINDOW, 0, 0
        )
        sum_of = checksum(here + there + struct.pack("!HH", 6, 20 + len(data)) + tcp + data)
        tcp = tcp[:16] + struct.pack("!H", sum_of) + tcp[18:]
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 40 + len(data), 0, 0, 64, 6, 0) + here + there
        ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
        os.write(self.device, ip + tcp + data)


TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 1, 0x1000
tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", b"tun0", IFF_TUN | IFF_NO_PI))
print("listening", flush=True)
Stack(tun, int(sys.argv[1])).run()
