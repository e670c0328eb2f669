# The board's program for MicroPython (ESP32, RP2, K230, unix) and CPython: greets a network assistant
# and answers whatever it sends, as docs/protocol.md says.
#
#   On a board:    copy this file, fill in the settings, run it.
#   On a computer: python3 board.py tcp 127.0.0.1 10000
#
# What differs from the lesson's program: it notices that the assistant has closed, sends received
# bytes back as they are, and ends its connection in good order.
#
# What a receive does while nothing has come differs from firmware to firmware: the K230's waits for
# all 128 bytes, for 500 ms (network_socket.c, 2025) or until the end (network_rt_smart.c). So poll()
# waits, and the receive only takes what is there. docs/porting.md says on which boards this was tried.

import select
import socket
import sys
import time

WIFI_NAME = ""  # empty: the board is in a network already
WIFI_PASSWORD = ""
LED_PIN = None  # the number of a pin with a light, or None
TRANSPORT = "tcp"  # or "udp"
HOST = "192.168.1.110"
PORT = 10000

GREETING = b"Hello 01Studio!"
PREFIX = b"I got:"
RECEIVE_LIMIT = 128
PAUSE_SECONDS = 0.05

NOT_NOW = (11, 35)  # EAGAIN, on Linux and boards and on macOS
# After an empty datagram the ESP32's firmware takes a socket for closed, and reads nothing from it any
# more: it is opened again.
EMPTY_MEANS_CLOSED = sys.platform == "esp32"


class Light:
    def __init__(self):
        self.pin = None
        if LED_PIN is not None:
            import machine

            self.pin = machine.Pin(LED_PIN, machine.Pin.OUT)

    def set(self, on):
        if self.pin is not None:
            self.pin.value(1 if on else 0)

    def blink(self, times):
        for _ in range(times):
            self.set(True)
            time.sleep(0.3)
            self.set(False)
            time.sleep(0.3)


def join_wifi(light):
    if WIFI_NAME:
        import network

        wlan = network.WLAN(network.STA_IF)
        wlan.active(True)
        wlan.connect(WIFI_NAME, WIFI_PASSWORD)
        for _ in range(100):
            # Joined is not the same as having an address: wait for both.
            if wlan.isconnected() and wlan.ifconfig()[0] != "0.0.0.0":
                print("network information:", wlan.ifconfig())
                break
            time.sleep(0.1)
        else:
            light.blink(3)
            raise OSError("Wi-Fi was not joined within 10 seconds")
    light.set(True)


class Conversation:
    def __init__(self, tcp, address):
        self.tcp = tcp
        self.address = address
        # A socket that is opened again must have the same port, or it is another board.
        self.port = 0 if tcp or not EMPTY_MEANS_CLOSED else 49152 + time.ticks_ms() % 16384
        self.open()

    def open(self):
        kind = socket.SOCK_STREAM if self.tcp else socket.SOCK_DGRAM
        self.socket = socket.socket(socket.AF_INET, kind)
        if self.port:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self.socket.bind(socket.getaddrinfo("0.0.0.0", self.port)[0][-1])
        self.socket.connect(self.address)
        self.socket.settimeout(0)  # not before it is connected: the K230's would give up at once
        self.poller = select.poll()
        self.poller.register(self.socket, select.POLLIN)

    def close(self):
        self.socket.close()

    def wait(self, event):
        self.poller.modify(self.socket, event)
        while not self.poller.poll(1000):
            pass

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
            self.wait(select.POLLOUT)

    # What has come; None if it was nothing after all.
    def receive(self):
        self.wait(select.POLLIN)
        try:
            return self.socket.recv(RECEIVE_LIMIT)  # of a longer datagram, the rest is lost
        except OSError as e:
            if e.args[0] not in NOT_NOW:
                raise

    def run(self):
        self.send(GREETING)
        while True:
            received = self.receive()
            if received is None:
                continue
            if received == b"":
                if self.tcp:  # the end of the stream; over UDP it is an empty datagram
                    return
                if EMPTY_MEANS_CLOSED:
                    self.close()
                    self.open()
            print(received)
            self.send(PREFIX + received)
            time.sleep(PAUSE_SECONDS)


def run(transport, host, port):
    light = Light()
    join_wifi(light)
    conversation = Conversation(transport == "tcp", socket.getaddrinfo(host, port)[0][-1])
    try:
        conversation.run()
        print("the assistant has closed")
    finally:
        conversation.close()
        light.set(False)


def main():
    arguments = getattr(sys, "argv", [])
    try:
        if len(arguments) == 4:
            run(arguments[1], arguments[2], int(arguments[3]))
        else:
            run(TRANSPORT, HOST, PORT)
    except OSError as e:
        print("failed:", e)
        sys.exit(1)


main()
