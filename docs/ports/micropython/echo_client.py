# Echo client for MicroPython (ESP32, K230, unix) and CPython: sends a few messages and compares what
# comes back, as docs/protocol.md says.
#
#   On a board:    copy this file, fill in the settings, run it.
#   On a computer: python3 echo_client.py tcp 127.0.0.1 10000
#
# Exit status: 0 every message came back unchanged, 1 one did not, or there is no server.

import socket
import sys
import time

WIFI_NAME = ""  # empty: the board is in a network already
WIFI_PASSWORD = ""
TRANSPORT = "tcp"  # or "udp"
HOST = "192.168.1.110"
PORT = 10000

RECEIVE_LIMIT = 128
TCP_SECONDS = 5
UDP_SECONDS = 1
UDP_TRIES = 3


def join_wifi():
    if not WIFI_NAME:
        return
    import network

    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect(WIFI_NAME, WIFI_PASSWORD)
    for _ in range(100):
        # Joined is not the same as having an address: wait for both.
        if wlan.isconnected() and wlan.ifconfig()[0] != "0.0.0.0":
            return
        time.sleep(0.1)
    raise OSError("Wi-Fi was not joined within 10 seconds")


def send_all(s, message):
    while message:
        message = message[s.send(message) :]  # a send may take only a part


# A stream has no messages: as many bytes must come back as went out, in whatever pieces.
def exchange_tcp(s, message):
    send_all(s, message)
    echo = b""
    while len(echo) < len(message):
        piece = s.recv(min(RECEIVE_LIMIT, len(message) - len(echo)))
        if piece == b"":
            raise OSError("the stream ended before the echo was whole")
        echo += piece
    if echo != message:
        raise OSError("the echo is not what was sent")


# A datagram may be lost, doubled or late: it is sent again, and others are passed over. The socket is
# connected, so that it hears nobody but the server.
def exchange_udp(s, message):
    for _ in range(UDP_TRIES):
        try:
            s.send(message)
            begun = time.time()
            while time.time() - begun <= UDP_SECONDS:
                if s.recv(RECEIVE_LIMIT + 1) == message:
                    return
        except OSError:
            pass  # nothing in time, or nobody there: once more
    raise OSError("no echo in time")


def run(transport, host, port):
    tcp = transport == "tcp"
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
    try:
        s.settimeout(TCP_SECONDS if tcp else UDP_SECONDS)
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        pattern = bytes((i * 7 + i // 256) % 256 for i in range(300))
        lengths = (300 if tcp else RECEIVE_LIMIT, 1, 15, 127)
        for i, length in enumerate(lengths):
            (exchange_tcp if tcp else exchange_udp)(s, pattern[i : i + length] if i else pattern[:length])
        print(len(lengths), "messages came back unchanged")
    finally:
        s.close()


def main():
    arguments = getattr(sys, "argv", [])
    try:
        join_wifi()
        if len(arguments) == 4:
            run(arguments[1], arguments[2], int(arguments[3]))
        else:
            run(TRANSPORT, HOST, PORT)
    except OSError as e:
        print("failed:", e)
        sys.exit(1)


main()
