/*
 * Echo client for POSIX systems: sends a few messages and compares what comes back, as
 * docs/protocol.md says.
 *
 *   cc -O2 -Wall -o echo_client echo_client.c
 *   ./echo_client tcp 127.0.0.1 10000
 *
 * Exit status: 0 every message came back unchanged, 1 one did not, 2 wrong usage, 3 no connection.
 */
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { RECEIVE_LIMIT = 128, LONGEST = 300, TCP_SECONDS = 5, UDP_SECONDS = 1, UDP_TRIES = 3 };

static void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

/* Both kinds are connected: a connected UDP socket hears nobody but its peer. */
static int connected_socket(const char *host, const char *port, int type) {
    struct addrinfo hints = {.ai_socktype = type}, *first, *each;
    int error = getaddrinfo(host, port, &hints, &first);
    if (error) {
        fprintf(stderr, "getaddrinfo %s %s: %s\n", host, port, gai_strerror(error));
        exit(3);
    }
    for (each = first; each; each = each->ai_next) {
        int s = socket(each->ai_family, type, 0);
        if (s >= 0 && connect(s, each->ai_addr, each->ai_addrlen) == 0) {
            freeaddrinfo(first);
            return s;
        }
        if (s >= 0) close(s);
    }
    perror("connect");
    exit(3);
}

static void set_timeout(int s, int seconds) {
    struct timeval time = {.tv_sec = seconds};
    setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

/* A stream has no messages: as many bytes must come back as went out, in whatever pieces. */
static void exchange_tcp(int s, const char *message, size_t length) {
    char echo[LONGEST];
    size_t sent = 0, received = 0;
    while (sent < length) {
        ssize_t part = send(s, message + sent, length - sent, 0);
        if (part <= 0) fail("tcp", "the message could not be sent");
        sent += part;
    }
    time_t deadline = time(NULL) + TCP_SECONDS;
    while (received < length) {
        size_t room = length - received < RECEIVE_LIMIT ? length - received : RECEIVE_LIMIT;
        ssize_t part = recv(s, echo + received, room, 0);
        if (part == 0) fail("tcp", "the stream ended before the echo was whole");
        if (part < 0 || time(NULL) > deadline) fail("tcp", "no echo in time");
        received += part;
    }
    if (memcmp(message, echo, length)) fail("tcp", "the echo is not what was sent");
}

/* A datagram may be lost, doubled or late: it is sent again, and others are passed over. */
static void exchange_udp(int s, const char *message, ssize_t length) {
    char echo[RECEIVE_LIMIT + 1];
    for (int i = 0; i < UDP_TRIES; i++) {
        if (send(s, message, length, 0) != length) continue;
        time_t deadline = time(NULL) + UDP_SECONDS;
        ssize_t received;
        while ((received = recv(s, echo, sizeof echo, 0)) >= 0) {
            if (received == length && !memcmp(message, echo, length)) return;
            if (time(NULL) > deadline) break;
        }
    }
    fail("udp", "no echo in time");
}

int main(int argc, char **argv) {
    int tcp = argc == 4 && !strcmp(argv[1], "tcp");
    if (!tcp && (argc != 4 || strcmp(argv[1], "udp"))) {
        fprintf(stderr, "usage: %s tcp|udp HOST PORT\n", argv[0]);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int s = connected_socket(argv[2], argv[3], tcp ? SOCK_STREAM : SOCK_DGRAM);
    set_timeout(s, tcp ? TCP_SECONDS : UDP_SECONDS);

    char message[LONGEST];
    for (int i = 0; i < LONGEST; i++) message[i] = (char)(i * 7 + i / 256);
    int lengths[] = {tcp ? LONGEST : RECEIVE_LIMIT, 1, 15, 127};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (tcp) exchange_tcp(s, message, lengths[i]);
        else exchange_udp(s, message + i, lengths[i]);
    }
    close(s);
    printf("%zu messages came back unchanged\n", sizeof lengths / sizeof *lengths);
    return 0;
}
