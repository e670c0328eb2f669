/*
 * Echo server on lwIP's socket calls: TCP and UDP at one port, as docs/protocol.md says.
 *
 *   cc -O2 -Wall $(pkg-config --cflags lwip) -o echo_server echo_server.c stack.c $(pkg-config --libs lwip)
 *   PRECONFIGURED_TAPIF=tap0 ./echo_server 192.168.7.2 10000
 *
 * One thread serves all: nothing waits but lwip_poll(). A client that does not read its echo is not
 * read from either, and holds nobody up.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "stack.h"

/* A small stack has few sockets; where this many are connected, the next client is turned away. */
#ifndef MOST_CLIENTS
#define MOST_CLIENTS 16
#endif

enum { FIRST_PORT_OF_PROGRAMS = 1024, LISTENER = 0, DATAGRAMS = 1, FIRST_CLIENT = 2 };

/* The bytes that a client has yet to take: they are sent before more is received. */
struct echo {
    char bytes[RECEIVE_LIMIT];
    int begin, end;
};

static struct pollfd sockets[FIRST_CLIENT + MOST_CLIENTS];
static struct echo echoes[FIRST_CLIENT + MOST_CLIENTS];
static int count = FIRST_CLIENT;

static int bound_socket(const struct sockaddr_in *address, int type) {
    int s = lwip_socket(AF_INET, type, 0), yes = 1;
    if (s < 0) fail("socket");
    lwip_setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (lwip_bind(s, (const struct sockaddr *)address, sizeof *address)) fail("bind");
    return s;
}

static void accept_client(int listener) {
    int s = lwip_accept(listener, NULL, NULL), yes = 1;
    if (s < 0) return; /* It has gone again. */
    if (count == FIRST_CLIENT + MOST_CLIENTS) {
        lwip_close(s);
        return;
    }
    lwip_setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* Each piece goes at once. */
    sockets[count] = (struct pollfd){.fd = s, .events = POLLIN};
    echoes[count] = (struct echo){0};
    count++;
}

/* The last client takes the place of the one that is gone. */
static void forget(int i) {
    lwip_close(sockets[i].fd);
    count--;
    sockets[i] = sockets[count];
    echoes[i] = echoes[count];
}

/* One receive, and as much of it back as the stack takes. False once the client is done or lost. */
static int echo_tcp(int i) {
    int s = sockets[i].fd;
    struct echo *echo = &echoes[i];
    if (echo->begin == echo->end) {
        int received = lwip_recv(s, echo->bytes, RECEIVE_LIMIT, MSG_DONTWAIT);
        if (received == 0) return 0; /* It has closed, and all is sent back. */
        if (received < 0) return errno == EWOULDBLOCK;
        echo->begin = 0;
        echo->end = received;
    }
    int sent = lwip_send(s, echo->bytes + echo->begin, echo->end - echo->begin, MSG_DONTWAIT);
    if (sent < 0 && errno != EWOULDBLOCK) return 0;
    if (sent > 0) echo->begin += sent;
    sockets[i].events = echo->begin < echo->end ? POLLOUT : POLLIN;
    return 1;
}

/* One datagram in, one out, empty ones too; what is beyond the limit is lost. */
static void echo_udp(int s) {
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    char buffer[RECEIVE_LIMIT];
    int received = lwip_recvfrom(s, buffer, sizeof buffer, MSG_DONTWAIT, (struct sockaddr *)&from, &length);
    if (received < 0 || lwip_ntohs(from.sin_port) < FIRST_PORT_OF_PROGRAMS) return;
    lwip_sendto(s, buffer, received, 0, (struct sockaddr *)&from, length);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    start_stack();
    struct sockaddr_in address = socket_address(argv[1], argv[2]);
    sockets[LISTENER] = (struct pollfd){.fd = bound_socket(&address, SOCK_STREAM), .events = POLLIN};
    if (lwip_listen(sockets[LISTENER].fd, MOST_CLIENTS)) fail("listen");
    socklen_t length = sizeof address;
    if (lwip_getsockname(sockets[LISTENER].fd, (struct sockaddr *)&address, &length)) fail("getsockname");
    sockets[DATAGRAMS] = (struct pollfd){.fd = bound_socket(&address, SOCK_DGRAM), .events = POLLIN};
    printf("listening %d\n", lwip_ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        if (lwip_poll(sockets, count, -1) < 0) fail("poll");
        /* From the last to the first, so that none is passed over when one is forgotten. */
        for (int i = count - 1; i >= FIRST_CLIENT; i--)
            if (sockets[i].revents && !echo_tcp(i)) forget(i);
        if (sockets[DATAGRAMS].revents) echo_udp(sockets[DATAGRAMS].fd);
        if (sockets[LISTENER].revents) accept_client(sockets[LISTENER].fd);
    }
}
