/*
 * What lwIP's socket calls say when something happens at the other end: a line for each, as the table in
 * docs/protocol.md has them. The peer is lwip_peer.py, which listens at the ports from PORT on.
 *
 *   lwip_habits HOST PORT
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "stack.h"

enum {
    CLOSES,
    BREAKS_OFF,
    SILENT,
    NOBODY,
    LONG_DATAGRAM,
    EMPTY_DATAGRAM,
    SEES_THE_END,
    TELLS_THE_END,
    CALLS_BACK,
    MANY_DATAGRAMS,
    TELLS_ALL_SENT
};
enum { PATIENCE_SECONDS = 10, BACKLOG = 2 };

static const char *host;
static int first_port;

static int connected(int type, int scene, int *result) {
    char port[8];
    snprintf(port, sizeof port, "%d", first_port + scene);
    struct sockaddr_in address = socket_address(host, port);
    int s = lwip_socket(AF_INET, type, 0);
    if (s < 0) fail("socket");
    struct timeval patience = {.tv_sec = PATIENCE_SECONDS};
    lwip_setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    *result = lwip_connect(s, (struct sockaddr *)&address, sizeof address);
    return s;
}

static void say(const char *what, int result) {
    if (result < 0)
        printf("%s: errno %d\n", what, errno);
    else
        printf("%s: %d\n", what, result);
}

static int wait_readable(int s) {
    struct pollfd readable = {.fd = s, .events = POLLIN};
    return lwip_poll(&readable, 1, PATIENCE_SECONDS * 1000);
}

int main(int argc, char **argv) {
    char buffer[RECEIVE_LIMIT];
    int result;
    if (argc != 3) return 2;
    host = argv[1];
    first_port = atoi(argv[2]);
    start_stack();

    int s = connected(SOCK_STREAM, CLOSES, &result);
    say("FIN", lwip_recv(s, buffer, sizeof buffer, 0));
    say("FIN, again", lwip_recv(s, buffer, sizeof buffer, 0));
    lwip_close(s);

    s = connected(SOCK_STREAM, BREAKS_OFF, &result);
    wait_readable(s);
    say("RST", lwip_recv(s, buffer, sizeof buffer, 0));
    say("RST, again", lwip_recv(s, buffer, sizeof buffer, 0));
    say("send after RST", lwip_send(s, buffer, 1, 0));
    lwip_close(s);

    s = connected(SOCK_STREAM, SILENT, &result);
    struct timeval moment = {.tv_usec = 100 * 1000};
    lwip_setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
    say("time-out", lwip_recv(s, buffer, sizeof buffer, 0));
    say("nothing there, not blocking", lwip_recv(s, buffer, sizeof buffer, MSG_DONTWAIT));
    char *much = calloc(1, 100000);
    say("send of 100000", lwip_send(s, much, 100000, 0));
    lwip_close(s);

    s = connected(SOCK_STREAM, NOBODY, &result);
    say("nothing listens", result);
    lwip_close(s);

    s = connected(SOCK_DGRAM, NOBODY, &result);
    lwip_setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &moment, sizeof moment);
    lwip_send(s, "x", 1, 0);
    say("nothing has the port, UDP", lwip_recv(s, buffer, sizeof buffer, 0));
    lwip_close(s);

    s = connected(SOCK_DGRAM, LONG_DATAGRAM, &result);
    lwip_send(s, "x", 1, 0);
    say("datagram of 300", lwip_recv(s, buffer, sizeof buffer, 0));
    lwip_close(s);

    s = connected(SOCK_DGRAM, LONG_DATAGRAM, &result);
    lwip_send(s, "x", 1, 0);
    struct iovec room = {.iov_base = buffer, .iov_len = sizeof buffer};
    struct msghdr message = {.msg_iov = &room, .msg_iovlen = 1};
    say("recvmsg of 300", lwip_recvmsg(s, &message, 0));
    say("MSG_TRUNC", (message.msg_flags & MSG_TRUNC) != 0);
    lwip_close(s);

    s = connected(SOCK_DGRAM, EMPTY_DATAGRAM, &result);
    lwip_send(s, "x", 1, 0);
    say("empty datagram", lwip_recv(s, buffer, sizeof buffer, 0));
    say("the next one", lwip_recv(s, buffer, sizeof buffer, 0));
    lwip_close(s);

    s = connected(SOCK_STREAM, SEES_THE_END, &result);
    struct linger at_once = {.l_onoff = 1};
    say("linger of 0", lwip_setsockopt(s, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
    lwip_close(s);
    s = connected(SOCK_STREAM, TELLS_THE_END, &result);
    int told = lwip_recv(s, buffer, sizeof buffer, 0);
    printf("closed then, nothing outstanding: %.*s\n", told < 0 ? 0 : told, buffer);
    lwip_close(s);

    struct sockaddr_in own = socket_address("0.0.0.0", "8000");
    int listener = lwip_socket(AF_INET, SOCK_STREAM, 0);
    if (lwip_bind(listener, (struct sockaddr *)&own, sizeof own)) fail("bind");
    if (lwip_listen(listener, BACKLOG)) fail("listen");
    s = connected(SOCK_STREAM, CALLS_BACK, &result);
    told = lwip_recv(s, buffer, sizeof buffer, 0);
    printf("of 8 connect to a backlog of 2: %.*s\n", told < 0 ? 0 : told, buffer);
    lwip_close(s);
    lwip_close(listener);

    int datagrams = connected(SOCK_DGRAM, MANY_DATAGRAMS, &result);
    lwip_send(datagrams, "x", 1, 0);
    s = connected(SOCK_STREAM, TELLS_ALL_SENT, &result);
    lwip_recv(s, buffer, sizeof buffer, 0);
    int kept = 0;
    while (lwip_recv(datagrams, buffer, sizeof buffer, MSG_DONTWAIT) >= 0) kept++;
    say("of 200 datagrams unread", kept);
    lwip_close(s);
    lwip_close(datagrams);
    return 0;
}
