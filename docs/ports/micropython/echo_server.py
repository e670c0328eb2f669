# Echo server for MicroPython (ESP32, RP2, K230, unix) and CPython: TCP and UDP at one port, as
# docs/protocol.md says. docs/porting.md says on which of them it was tried.
#
#   On a board:    copy this file, fill in the settings, run it.
#   On a computer: python3 echo_server.py 127.0.0.1 10000     (port 0 picks one)
#
# One thread serves all: nothing waits but poll(). A client that does not read its echo is not read
# from either, and holds nobody up.

import select
import socket
import sys

WIFI_NAME = ""  # empty: the board is in a network already
WIFI_PASSWORD = ""
HOST = "0.0.0.0"
PORT = 10000

RECEIVE_LIMIT = 128
MOST_CLIENTS = 8  # a board has few sockets
FIRST_PORT_OF_PROGRAMS = 1024
MICROPYTHON = sys.implementation.name == "micropython"
NOT_NOW = (11, 35)  # EAGAIN, on Linux and boards and on macOS
# After an empty datagram the ESP32's firmware takes a socket for closed, and reads nothing from it any
# more: it is opened again.
EMPTY_MEANS_CLOSED = sys.platform == "esp32"
# With TCP_NODELAY, MicroPython's own layer on lwIP (RP2 and others) loses bytes; with Nagle's algorithm
# it loses none. The number of the option is the same everywhere it has no name.
NODELAY = not MICROPYTHON or sys.platform in ("linux", "darwin", "esp32")


def join_wifi():
    if not WIFI_NAME:
        return
    import time

    import network

    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect(WIFI_NAME, WIFI_PASSWORD)
    for _ in range(100):
        # Joined is not the same as having an address: wait for both.
        if wlan.isconnected() and wlan.ifconfig()[0] != "0.0.0.0":
            print("address", wlan.ifconfig()[0])
            return
        time.sleep(0.1)
    raise OSError("Wi-Fi was not joined within 10 seconds")


def bound(host, port, kind):
    s = socket.socket(socket.AF_INET, kind)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(socket.getaddrinfo(host, port)[0][-1])
    s.setblocking(False)
    return s


def port_of(address):
    if isinstance(address, tuple):
        return address[1]
    return socket.sockaddr(address)[2]  # MicroPython unix gives the system's own bytes


def key(s):
    return id(s) if MICROPYTHON else s.fileno()


class Server:
    def __init__(self, host, port):
        self.poller = select.poll()
        self.listener = bound(host, port, socket.SOCK_STREAM)
        self.listener.listen(5)
        if hasattr(self.listener, "getsockname"):  # boards have no such call
            port = self.listener.getsockname()[1]
        self.address = host, port
        self.open_udp()
        self.clients = {}  # by key: the socket, and the bytes that it has yet to take
        self.poller.register(self.listener, select.POLLIN)
        print("listening", port)

    def open_udp(self):
        self.udp = bound(self.address[0], self.address[1], socket.SOCK_DGRAM)
        self.poller.register(self.udp, select.POLLIN)

    def serve(self):
        while True:
            for event in self.poller.poll(1000):
                at = id(event[0]) if MICROPYTHON else event[0]
                if at == key(self.listener):
                    self.accept()
                elif at == key(self.udp):
                    self.answer()
                elif at in self.clients:
                    self.echo(at)

    def accept(self):
        try:
            s = self.listener.accept()[0]
        except OSError:
            return  # it has gone again
        if len(self.clients) >= MOST_CLIENTS:
            s.close()
            return
        s.setblocking(False)
        if NODELAY:  # each piece goes at once
            s.setsockopt(getattr(socket, "IPPROTO_TCP", 6), getattr(socket, "TCP_NODELAY", 1), 1)
        self.clients[key(s)] = [s, b""]
        self.poller.register(s, select.POLLIN)

    def echo(self, at):
        s, due = self.clients[at]
        try:
            if not due:
                due = s.recv(RECEIVE_LIMIT)
                if due == b"":  # the client has closed, and all is sent back
                    self.forget(at)
                    return
            sent = s.send(due)
            due = due[sent or 0 :]  # a full buffer is None on some boards
        except OSError as e:
            if e.args[0] not in NOT_NOW:
                self.forget(at)
                return
        self.clients[at][1] = due
        # With bytes to send, nothing more is received until they are gone.
        self.poller.modify(s, select.POLLOUT if due else select.POLLIN)

    def forget(self, at):
        s = self.clients.pop(at)[0]
        self.poller.unregister(s)
        s.close()

    def answer(self):
        try:
            datagram, sender = self.udp.recvfrom(RECEIVE_LIMIT)
            # Services live below 1024, and some of them answer an answer, for ever.
            if port_of(sender) >= FIRST_PORT_OF_PROGRAMS:
                self.udp.sendto(datagram, sender)
            if datagram == b"" and EMPTY_MEANS_CLOSED:
                self.poller.unregister(self.udp)
                self.udp.close()
                self.open_udp()
        except OSError:
            pass  # this datagram is lost, which UDP allows; the next one is as good


def main():
    arguments = getattr(sys, "argv", [])
    join_wifi()
    if len(arguments) == 3:
        Server(arguments[1], int(arguments[2])).serve()
    else:
        Server(HOST, PORT).serve()


main()
