"""A right echo server over TCP and UDP by socketserver: a thread for each caller."""

import socket
import socketserver
import threading

LIMIT = 128


class Stream(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while received := self.request.recv(LIMIT):
                self.request.sendall(received)
        except OSError:
            return


class Datagram(socketserver.BaseRequestHandler):
    def handle(self):
        received, answering = self.request
        if self.client_address[1] >= 1024:
            answering.sendto(received[:LIMIT], self.client_address)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 50


tcp = Server(("127.0.0.1", 0), Stream)
udp = socketserver.UDPServer(("127.0.0.1", tcp.server_address[1]), Datagram)
udp.max_packet_size = 65_535
threading.Thread(target=udp.serve_forever, daemon=True).start()
print("listening", tcp.server_address[1], flush=True)
tcp.serve_forever()
