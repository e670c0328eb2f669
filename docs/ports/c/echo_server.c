/*
 * Echo server for POSIX systems: TCP and UDP at one address, as docs/protocol.md says.
 *
 *   cc -O2 -Wall -o echo_server echo_server.c
 *   ./echo_server 127.0.0.1 10000        (port 0 picks one)
 *
 * One process serves UDP, one accepts, and each TCP connection has its own, so that a client that
 * stalls holds nobody up. Each receive takes at most RECEIVE_LIMIT bytes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECEIVE_LIMIT = 128, FIRST_PORT_OF_PROGRAMS = 1024, BACKLOG = 128 };

static void fail(const char *what) {
    perror(what);
    exit(3);
}

static int bound_socket(const char *host, const char *port, int type) {
    struct addrinfo hints = {.ai_socktype = type, .ai_flags = AI_PASSIVE}, *address;
    int error = getaddrinfo(host, port, &hints, &address);
    if (error) {
        fprintf(stderr, "getaddrinfo %s %s: %s\n", host, port, gai_strerror(error));
        exit(3);
    }
    int s = socket(address->ai_family, type, 0);
    int yes = 1;
    if (s < 0) fail("socket");
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s, address->ai_addr, address->ai_addrlen)) fail("bind");
    freeaddrinfo(address);
    return s;
}

static int port_of(const struct sockaddr_storage *address) {
    return ntohs(address->ss_family == AF_INET6 ? ((struct sockaddr_in6 *)address)->sin6_port
                                                : ((struct sockaddr_in *)address)->sin_port);
}

/* A send may take only a part of the bytes. */
static int send_all(int s, const char *bytes, ssize_t length) {
    while (length > 0) {
        ssize_t sent = send(s, bytes, length, 0);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return -1;
        bytes += sent;
        length -= sent;
    }
    return 0;
}

/* Until the client closes: recv gives 0, and only after all that it sent before. */
static void echo_tcp(int s) {
    char buffer[RECEIVE_LIMIT];
    ssize_t received;
    int yes = 1;
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes); /* Each piece goes at once. */
    while ((received = recv(s, buffer, sizeof buffer, 0)) > 0)
        if (send_all(s, buffer, received)) break;
    close(s);
}

static void accept_tcp(int listener) {
    for (;;) {
        int s = accept(listener, NULL, NULL);
        if (s < 0) {
            if (errno == EMFILE || errno == ENFILE) usleep(5000);
            continue;
        }
        pid_t child = fork();
        if (child == 0) {
            close(listener);
            echo_tcp(s);
            _exit(0);
        }
        close(s); /* Without a child, the client sees its connection close. */
    }
}

/* One datagram in, one out, empty ones too; what is beyond the limit is lost. */
static void echo_udp(int s) {
    struct sockaddr_storage from;
    char buffer[RECEIVE_LIMIT];
    for (;;) {
        socklen_t length = sizeof from;
        ssize_t received = recvfrom(s, buffer, sizeof buffer, 0, (struct sockaddr *)&from, &length);
        if (received < 0 || port_of(&from) < FIRST_PORT_OF_PROGRAMS) continue;
        sendto(s, buffer, received, 0, (struct sockaddr *)&from, length);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: %s HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN); /* Writing to a client that is gone is an error, not the end. */
    signal(SIGCHLD, SIG_IGN); /* Nobody waits for the children. */
    int listener = bound_socket(argv[1], argv[2], SOCK_STREAM);
    if (listen(listener, BACKLOG)) fail("listen");

    struct sockaddr_storage local;
    socklen_t length = sizeof local;
    if (getsockname(listener, (struct sockaddr *)&local, &length)) fail("getsockname");
    char port[8];
    snprintf(port, sizeof port, "%d", port_of(&local));
    int udp = bound_socket(argv[1], port, SOCK_DGRAM);

    printf("listening %s\n", port);
    fflush(stdout);
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        close(listener);
        echo_udp(udp);
    }
    close(udp);
    accept_tcp(listener);
}
