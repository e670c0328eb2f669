"""A right echo server over TCP by edge-triggered epoll: one thread, and sockets that never block."""

import select
import socket

LIMIT = 128
EDGES = select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP | select.EPOLLET


class Talk:
    def __init__(self, caller):
        self.caller = caller
        self.due = b""

    def go_on(self):
        """Until the socket would block; an edge comes once. False when all is over."""
        try:
            while True:
                if self.due:
                    self.due = self.due[self.caller.send(self.due) :]
                    continue
                self.due = self.caller.recv(LIMIT)
                if not self.due:
                    return False
        except BlockingIOError:
            return True
        except OSError:
            return False


def accept_all(listener, epoll, talks):
    while True:
        try:
            caller = listener.accept()[0]
        except BlockingIOError:
            return
        caller.setblocking(False)
        caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        talks[caller.fileno()] = Talk(caller)
        epoll.register(caller, EDGES)


def main():
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    listener.setblocking(False)
    epoll = select.epoll()
    epoll.register(listener, select.EPOLLIN | select.EPOLLET)
    talks = {}
    print("listening", listener.getsockname()[1], flush=True)
    while True:
        for descriptor, _ in epoll.poll():
            if descriptor == listener.fileno():
                accept_all(listener, epoll, talks)
            elif descriptor in talks and not talks[descriptor].go_on():
                epoll.unregister(descriptor)
                talks.pop(descriptor).caller.close()


main()
