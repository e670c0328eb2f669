# The board's program for MicroPython (ESP32, K230, unix) and CPython: greets a network assistant and
# answers whatever it sends, as docs/protocol.md says.
#
#   On a board:    copy this file, fill in the settings, run it.
#   On a computer: python3 board.py tcp 127.0.0.1 10000
#
# What differs from the lesson's program: it notices that the assistant has closed, sends received
# bytes back as they are, and ends its connection in good order.

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


def send_all(s, message):
    while message:
        message = message[s.send(message) :]  # a send may take only a part


# No bytes over TCP is the end of the stream; over UDP it is an empty datagram.
def talk_tcp(s):
    send_all(s, GREETING)
    while True:
        received = s.recv(RECEIVE_LIMIT)
        if received == b"":
            return
        print(received)
        send_all(s, PREFIX + received)
        time.sleep(PAUSE_SECONDS)


def talk_udp(s):
    s.send(GREETING)
    while True:
        # Longer than the limit: what is beyond it is lost.
        received = s.recv(RECEIVE_LIMIT)
        print(received)
        s.send(PREFIX + received)
        time.sleep(PAUSE_SECONDS)


def run(transport, host, port):
    light = Light()
    join_wifi(light)
    tcp = transport == "tcp"
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
    try:
        s.connect(socket.getaddrinfo(host, port)[0][-1])
        (talk_tcp if tcp else talk_udp)(s)
        print("the assistant has closed")
    finally:
        s.close()
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
