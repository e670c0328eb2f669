"""A right echo server that is slow.

slow_echo.py message|bytes|stream|board tcp
slow_echo.py message udp

message: 150 to 200 ms for each receive; bytes: one byte a write; stream: less than 105 kB/s;
board: byte by byte, 30 ms each.
"""

import contextlib
import random
import socket
import sys
import threading
import time

LIMIT = 128
KIND, TRANSPORT = sys.argv[1:]


def pause():
    time.sleep(random.uniform(0.150, 0.200))


def answer(caller, received):
    if KIND == "message":
        pause()
    elif KIND == "stream":
        time.sleep(len(received) / 100_000)
    if KIND in ("message", "stream"):
        caller.sendall(received)
        return
    for each in received:
        caller.sendall(bytes([each]))
        if KIND == "board":
            time.sleep(0.03)


def serve(caller):
    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with caller, contextlib.suppress(OSError):
        while received := caller.recv(LIMIT):
            answer(caller, received)


if TRANSPORT == "udp":
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    print("listening", server.getsockname()[1], flush=True)
    while True:
        datagram, caller = server.recvfrom(LIMIT)
        pause()
        if caller[1] >= 1024:
            server.sendto(datagram, caller)
listener = socket.create_server(("127.0.0.1", 0), backlog=50)
print("listening", listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
