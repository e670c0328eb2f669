/*
 * Echo client on lwIP's socket calls: sends a few messages and compares what comes back, as
 * docs/protocol.md says.
 *
 *   cc -O2 -Wall $(pkg-config --cflags lwip) -o echo_client echo_client.c stack.c $(pkg-config --libs lwip)
 *   PRECONFIGURED_TAPIF=tap0 ./echo_client tcp 192.168.7.1 10000
 *
 * Exit status: 0 every message came back unchanged, 1 one did not, 2 wrong usage, 3 there is no server.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>

#include "lwip/sys.h"
#include "stack.h"

enum { TCP_MILLIS = 5000, UDP_MILLIS = 1000, UDP_TRIES = 3, LONGEST = 300 };

/* A receive waits this long at most; lwIP then says EWOULDBLOCK. */
static void limit_waiting(int s, int millis) {
    struct timeval time = {.tv_sec = millis / 1000, .tv_usec = millis % 1000 * 1000};
    if (lwip_setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time)) fail("SO_RCVTIMEO");
}

/* A stream has no messages: as many bytes must come back as went out, in whatever pieces. */
static int exchange_tcp(int s, const char *message, int length) {
    char echo[LONGEST];
    if (send_all(s, message, length)) return 0;
    for (int got = 0; got < length;) {
        int rest = length - got;
        int received = lwip_recv(s, echo + got, rest < RECEIVE_LIMIT ? rest : RECEIVE_LIMIT, 0);
        if (received <= 0) return 0;
        got += received;
    }
    return !memcmp(echo, message, length);
}

/* A datagram may be lost, doubled or late: it is sent again, and others are passed over. The socket
 * is connected, so that it hears nobody but the server. */
static int exchange_udp(int s, const char *message, int length) {
    char echo[RECEIVE_LIMIT + 1];
    for (int i = 0; i < UDP_TRIES; i++) {
        u32_t begun = sys_now();
        if (lwip_send(s, message, length, 0) < 0) continue;
        for (u32_t passed; (passed = sys_now() - begun) < UDP_MILLIS;) {
            limit_waiting(s, UDP_MILLIS - passed);
            int received = lwip_recv(s, echo, sizeof echo, 0);
            if (received == length && !memcmp(echo, message, length)) return 1;
            if (received < 0 && errno != EWOULDBLOCK) break; /* Nobody there: once more. */
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 4 || (strcmp(argv[1], "tcp") && strcmp(argv[1], "udp"))) {
        fprintf(stderr, "usage: %s tcp|udp HOST PORT\n", argv[0]);
        return 2;
    }
    int tcp = !strcmp(argv[1], "tcp");
    start_stack();
    struct sockaddr_in address = socket_address(argv[2], argv[3]);
    int s = lwip_socket(AF_INET, tcp ? SOCK_STREAM : SOCK_DGRAM, 0);
    if (s < 0) fail("socket");
    limit_waiting(s, tcp ? TCP_MILLIS : UDP_MILLIS);
    if (lwip_connect(s, (struct sockaddr *)&address, sizeof address)) fail("connect");

    char pattern[2 * LONGEST];
    for (int i = 0; i < 2 * LONGEST; i++) pattern[i] = (char)(i * 7 + i / 256);
    const int lengths[] = {tcp ? LONGEST : RECEIVE_LIMIT, 1, 15, 127};
    const int messages = sizeof lengths / sizeof *lengths;
    for (int i = 0; i < messages; i++)
        if (!(tcp ? exchange_tcp : exchange_udp)(s, pattern + i, lengths[i])) {
            fprintf(stderr, "message %d of %d bytes did not come back unchanged\n", i + 1, lengths[i]);
            lwip_close(s);
            return 1;
        }
    lwip_close(s);
    printf("%d messages came back unchanged\n", messages);
    return 0;
}
