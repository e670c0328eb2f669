/*
 * The board's program on lwIP's socket calls: greets a network assistant and answers whatever it
 * sends, as docs/protocol.md says.
 *
 *   cc -O2 -Wall $(pkg-config --cflags lwip) -o board board.c stack.c $(pkg-config --libs lwip)
 *   PRECONFIGURED_TAPIF=tap0 ./board tcp 192.168.7.1 10000
 *
 * Exit status: 0 the assistant has closed, 1 the conversation broke off, 2 wrong usage, 3 there is no
 * assistant.
 */
#include <stdio.h>
#include <string.h>

#include "lwip/sys.h"
#include "stack.h"

enum { PAUSE_MILLIS = 50 };

static const char GREETING[] = "Hello 01Studio!", PREFIX[] = "I got:";

/* The prefix and the message in one send, so that over UDP they are one datagram. */
static int answer(int s, int tcp, const char *received, int length) {
    char reply[sizeof PREFIX - 1 + RECEIVE_LIMIT];
    int prefix = sizeof PREFIX - 1;
    memcpy(reply, PREFIX, prefix);
    memcpy(reply + prefix, received, length);
    if (tcp) return send_all(s, reply, prefix + length);
    return lwip_send(s, reply, prefix + length, 0) < 0 ? -1 : 0;
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
    if (lwip_connect(s, (struct sockaddr *)&address, sizeof address)) fail("connect");
    int result = send_all(s, GREETING, sizeof GREETING - 1), received = 0;
    char message[RECEIVE_LIMIT];
    /* No bytes over TCP is the end of the stream; over UDP it is an empty datagram. */
    while (result == 0 && (received = lwip_recv(s, message, sizeof message, 0)) >= !!tcp) {
        printf("%.*s\n", received, message);
        fflush(stdout);
        result = answer(s, tcp, message, received);
        sys_msleep(PAUSE_MILLIS);
    }
    int broken = result || received < 0;
    if (broken) perror("the conversation broke off");
    lwip_close(s);
    return broken;
}
