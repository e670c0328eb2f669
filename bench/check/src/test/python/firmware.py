"""Runs a MicroPython program on CPython with the socket habits of a board's firmware.

    python3 firmware.py k230-a|k230-b|esp32|rp2 PROGRAM [ARGUMENTS ...]

The habits were read in the firmwares' sources: CanMV's network_socket.c (k230-a) and network_rt_smart.c
(k230-b), both of 2025, and MicroPython 1.29-preview's ports/esp32/modsocket.c and extmod/modlwip.c (rp2). Only
habits that a program can notice are here, not the stacks below them.
"""
import errno
import runpy
import select
import socket
import sys
import time
import types

BOARD = sys.argv[1]
K230 = BOARD.startswith("k230")


class Socket:
    def __init__(self, family=socket.AF_INET, kind=socket.SOCK_STREAM, accepted=None):
        self.real = accepted or socket.socket(family, kind)
        self.stream = kind == socket.SOCK_STREAM
        self.ended = False  # a receive has given no bytes
        # k230-b's is -1: no limit. rp2 and esp32 wait without one, too.
        self.timeout = 0.5 if BOARD == "k230-a" else None
        self.limited = False

    def fileno(self):
        return self.real.fileno()

    def settimeout(self, seconds):
        self.timeout = seconds
        self.limited = True
        self.real.settimeout(0 if seconds == 0 else None)

    def setblocking(self, blocking):
        self.settimeout(None if blocking else 0)

    def setsockopt(self, level, option, value):
        if BOARD == "rp2" and level == socket.IPPROTO_TCP and option == socket.TCP_NODELAY and value:
            raise AssertionError("with TCP_NODELAY this layer loses bytes")
        self.real.setsockopt(level, option, value)

    def connect(self, address):
        if K230 and self.limited:
            # It calls connect again while that is in progress, and takes "is connected" for an error.
            raise OSError(errno.ENOTCONN, "a time limit was set before it was connected")
        self.real.connect(address)

    def accept(self):
        s, address = self.real.accept()
        return Socket(kind=socket.SOCK_STREAM, accepted=s), address

    def bind(self, address):
        self.real.bind(address)

    def listen(self, backlog):
        self.real.listen(backlog)

    # No board has this; it lets a test say port 0.
    def getsockname(self):
        return self.real.getsockname()

    def send(self, message):
        return self.real.send(message)

    def sendto(self, message, address):
        return self.real.sendto(message, address)

    def recv(self, limit):
        return self.recvfrom(limit)[0]

    def recvfrom(self, limit):
        return self.collected(limit) if K230 else self.once(limit)

    # The K230's: until there are as many bytes as were asked for, or the time is over. An error ends it,
    # too, and is not told; after the end of the stream each further receive is one.
    def collected(self, limit):
        received, sender = b"", None
        until = None if self.timeout is None else time.monotonic() + self.timeout
        while True:
            try:
                if self.timeout and not select.select([self.real], [], [], max(0, until - time.monotonic()))[0]:
                    break
                if self.stream and self.ended:
                    raise OSError(errno.ENOTCONN, "")
                piece, sender = self.real.recvfrom(limit - len(received))
                self.ended = piece == b""
                received += piece
            except BlockingIOError:
                pass
            except OSError:
                break
            if len(received) >= limit or self.timeout == 0 or until and time.monotonic() > until:
                break
        return received, sender

    # One receive. The ESP32's takes no bytes for the end, over UDP as well, and never asks again.
    def once(self, limit):
        if BOARD == "esp32" and self.ended:
            return b"", None
        received, sender = self.real.recvfrom(limit)
        self.ended = received == b""
        return received, sender

    def close(self):
        self.real.close()


class Poll:
    """As on boards: it gives the sockets themselves, not their numbers."""

    def __init__(self):
        self.real = select.poll()
        self.sockets = {}

    def register(self, s, events):
        self.sockets[s.fileno()] = s
        self.real.register(s.fileno(), events)

    def modify(self, s, events):
        self.real.modify(s.fileno(), events)

    def unregister(self, s):
        self.real.unregister(s.fileno())

    def poll(self, millis):
        return [(self.sockets[number], events) for number, events in self.real.poll(millis)]


def main():
    modules = {"socket": types.ModuleType("socket"), "select": types.ModuleType("select")}
    names = ("AF_INET", "SOCK_STREAM", "SOCK_DGRAM", "SOL_SOCKET", "SO_REUSEADDR", "getaddrinfo")
    for name in names + (() if K230 else ("IPPROTO_TCP", "TCP_NODELAY")):
        setattr(modules["socket"], name, getattr(socket, name))
    modules["socket"].socket = Socket
    modules["select"].poll = Poll
    modules["select"].POLLIN, modules["select"].POLLOUT = select.POLLIN, select.POLLOUT
    time.ticks_ms = lambda: int(time.monotonic() * 1000)
    time.ticks_diff = lambda later, earlier: later - earlier
    sys.platform = "k230" if K230 else BOARD
    sys.implementation = types.SimpleNamespace(**{**vars(sys.implementation), "name": "micropython"})
    sys.argv = sys.argv[2:]
    sys.modules.update(modules)
    runpy.run_path(sys.argv[0], run_name="__main__")


main()
