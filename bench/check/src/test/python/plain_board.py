"""A board's program without any care: what it does wrong, the socket layer below it does.

    plain_board.py plain|lesson tcp|udp HOST PORT

With "lesson" it does with what it receives as the lesson's first program does: decodes it, and takes no
bytes for a message.
"""
import socket
import sys
import time

kind, transport, host, port = sys.argv[1:]
LESSON = kind == "lesson"
NO_BYTES_MEAN_NOTHING = sys.platform == "k230"

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM)
s.connect(socket.getaddrinfo(host, int(port))[0][-1])
s.send(b"Hello 01Studio!")
while True:
    received = s.recv(128)
    if LESSON:
        s.send(("I got:" + received.decode("utf-8")).encode())
    elif received == b"" and transport == "tcp" and not NO_BYTES_MEAN_NOTHING:
        break
    elif received != b"" or not NO_BYTES_MEAN_NOTHING:
        s.send(b"I got:" + received)
    time.sleep(0.3 if LESSON else 0.05)
