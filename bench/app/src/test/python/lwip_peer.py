"""The other end of lwip_habits.c: listens at HOST, one port for each scene from PORT on, and says so."""
import queue
import select
import socket
import struct
import sys
import threading
import time

host, port = sys.argv[1], int(sys.argv[2])
(CLOSES, BREAKS_OFF, SILENT, NOBODY, LONG_DATAGRAM, EMPTY_DATAGRAM, SEES_THE_END, TELLS_THE_END,
 CALLS_BACK, MANY_DATAGRAMS, TELLS_ALL_SENT) = range(11)
kept = []
ends = queue.Queue()
all_sent = queue.Queue()


def stream(scene, serve):
    listener = socket.create_server((host, port + scene))
    threading.Thread(target=lambda: [serve(listener.accept()[0]) for _ in iter(int, 1)], daemon=True).start()


def datagrams(scene, replies):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((host, port + scene))

    def serve():
        while True:
            sender = s.recvfrom(2048)[1]
            for reply in replies:
                s.sendto(reply, sender)

    threading.Thread(target=serve, daemon=True).start()


def break_off(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


stream(CLOSES, lambda s: s.close())
stream(BREAKS_OFF, break_off)


def drain(s):
    kept.append(s)
    threading.Thread(target=lambda: [None for _ in iter(lambda: s.recv(65536), b"")], daemon=True).start()


def see_the_end(s):
    try:
        ends.put(b"FIN" if s.recv(1) == b"" else b"bytes")
    except ConnectionResetError:
        ends.put(b"RST")


def tell_the_end(s):
    s.sendall(ends.get())
    s.close()


# Eight at once to the caller's own listener, which accepts none.
def call_back(s):
    callers = [socket.socket() for _ in range(8)]
    for caller in callers:
        caller.setblocking(False)
        caller.connect_ex((s.getpeername()[0], 8000))
    pending, until = callers, time.monotonic() + 8
    while pending and time.monotonic() < until:
        done = select.select([], pending, [], until - time.monotonic())[1]
        pending = [caller for caller in pending if caller not in done]
    connected = [c for c in callers if c not in pending and c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0]
    kept.extend(callers)
    s.sendall(str(len(connected)).encode())
    s.close()


# Two hundred datagrams that the caller does not read yet; what comes after them on the wire says so.
def send_many():
    many = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    many.bind((host, port + MANY_DATAGRAMS))

    def serve():
        sender = many.recvfrom(2048)[1]
        for _ in range(200):
            many.sendto(b"x", sender)
        all_sent.put(b"sent")

    threading.Thread(target=serve, daemon=True).start()


def tell_all_sent(s):
    s.sendall(all_sent.get())
    s.close()


send_many()
stream(TELLS_ALL_SENT, tell_all_sent)
stream(SEES_THE_END, see_the_end)
stream(TELLS_THE_END, tell_the_end)
stream(CALLS_BACK, call_back)
stream(SILENT, drain)
datagrams(LONG_DATAGRAM, [bytes(300)])
datagrams(EMPTY_DATAGRAM, [b"", b"next"])
print("listening", port, flush=True)
threading.Event().wait()
