# Echo client for MicroPython (ESP32, RP2, K230, unix) and CPython: sends a few messages and
# compares what comes back, as docs/protocol.md says.
#
#   On a board:    copy this file, fill in the settings, run it.
#   On a computer: python3 echo_client.py tcp 127.0.0.1 10000
#
# Exit status: 0 every message came back unchanged, 1 one did not, or there is no server.
#
# poll() waits, and a receive only takes what is there: what a receive does while nothing has come
# differs from firmware to firmware (see board.py).

import select
import socket
import sys
import time

WIFI_NAME = ""  # empty: the board is in a network already
WIFI_PASSWORD = ""
TRANSPORT = "tcp"  # or "udp"
HOST = "192.168.1.110"
PORT = 10000

RECEIVE_LIMIT = 128
TCP_MILLIS = 5000
UDP_MILLIS = 1000
UDP_TRIES = 3

NOT_NOW = (11, 35)  # EAGAIN, on Linux and boards and on macOS


# Boards have a clock of milliseconds that wraps around; CPython has none.
def millis_since(begun):
    if hasattr(time, "ticks_ms"):
        return time.ticks_diff(time.ticks_ms(), begun)
    return int(time.monotonic() * 1000) - begun


def now():
    return time.ticks_ms() if hasattr(time, "ticks_ms") else int(time.monotonic() * 1000)


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


class Exchange:
    def __init__(self, tcp, address):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
        self.socket.connect(address)
        self.socket.settimeout(0)  # not before it is connected: the K230's would give up at once
        self.poller = select.poll()
        self.poller.register(self.socket, select.POLLIN)

    def close(self):
        self.socket.close()

    def wait(self, event, millis):
        self.poller.modify(self.socket, event)
        return bool(self.poller.poll(max(0, millis)))

    def send(self, message):
        while True:
            try:
                sent = self.socket.send(message)
            except OSError as e:
                if e.args[0] not in NOT_NOW:
                    raise
                sent = None
            message = message[sent or 0 :]  # a send may take only a part
            if not message:
                return
            if not self.wait(select.POLLOUT, TCP_MILLIS):
                raise OSError("the server takes nothing")

    # What comes within the time; None if nothing does.
    def receive(self, limit, millis):
        if not self.wait(select.POLLIN, millis):
            return None
        try:
            return self.socket.recv(limit)
        except OSError as e:
            if e.args[0] not in NOT_NOW:
                raise

    # A stream has no messages: as many bytes must come back as went out, in whatever pieces.
    def tcp(self, message):
        self.send(message)
        echo = b""
        begun = now()
        while len(echo) < len(message):
            passed = millis_since(begun)
            piece = self.receive(min(RECEIVE_LIMIT, len(message) - len(echo)), TCP_MILLIS - passed)
            if piece == b"":
                raise OSError("the stream ended before the echo was whole")
            if piece:
                echo += piece
                begun = now()
            elif passed >= TCP_MILLIS:
                raise OSError("no echo in time")
        if echo != message:
            raise OSError("the echo is not what was sent")

    # A datagram may be lost, doubled or late: it is sent again, and others are passed over. The socket
    # is connected, so that it hears nobody but the server.
    def udp(self, message):
        for _ in range(UDP_TRIES):
            begun = now()
            try:
                self.send(message)
                while millis_since(begun) < UDP_MILLIS:
                    if self.receive(RECEIVE_LIMIT + 1, UDP_MILLIS - millis_since(begun)) == message:
                        return
            except OSError:
                pass  # nobody there: once more, when the time is over
            time.sleep(max(0, UDP_MILLIS - millis_since(begun)) / 1000)
        raise OSError("no echo in time")


def run(transport, host, port):
    tcp = transport == "tcp"
    exchange = Exchange(tcp, socket.getaddrinfo(host, port)[0][-1])
    try:
        pattern = bytes((i * 7 + i // 256) % 256 for i in range(300))
        lengths = (300 if tcp else RECEIVE_LIMIT, 1, 15, 127)
        for i, length in enumerate(lengths):
            message = pattern[i : i + length] if i else pattern[:length]
            exchange.tcp(message) if tcp else exchange.udp(message)
        print(len(lengths), "messages came back unchanged")
    finally:
        exchange.close()


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
