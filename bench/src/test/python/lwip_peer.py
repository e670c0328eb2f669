"""The other end of lwip_habits.c: listens at HOST, one port for each scene from PORT on, and says so."""
import socket
import struct
import sys
import threading

host, port = sys.argv[1], int(sys.argv[2])
CLOSES, BREAKS_OFF, SILENT, NOBODY, LONG_DATAGRAM, EMPTY_DATAGRAM = range(6)
kept = []


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


stream(SILENT, drain)
datagrams(LONG_DATAGRAM, [bytes(300)])
datagrams(EMPTY_DATAGRAM, [b"", b"next"])
print("listening", port, flush=True)
threading.Event().wait()
