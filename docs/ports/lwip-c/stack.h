/*
 * The lwIP stack on a TAP device, as the programs beside this file use it. The lengths of its queues, its
 * backlog (Debian's build ignores it) and its MSS are fixed where the stack is built, not here.
 */
#ifndef STACK_H
#define STACK_H

#include <stdint.h>

#include "lwip/def.h"
#include "lwip/sockets.h"

enum { RECEIVE_LIMIT = 128 };

/*
 * Starts the stack with one interface and returns when it can be used. The TAP device is the one that
 * the environment names in PRECONFIGURED_TAPIF; its own address on it is LWIP_ADDRESS, by default
 * 192.168.7.2, in a network of 24 bits. Ends the program with status 3 where there is no such device.
 */
void start_stack(void);

/* An IPv4 address and port as lwIP's calls take them; ends the program with status 2 if they are none. */
struct sockaddr_in socket_address(const char *host, const char *port);

/* Says what failed, with the error number's text, and ends the program with status 3. */
void fail(const char *what);

/* Sends all bytes: a send may take only a part of them. 0, or -1 with errno set. */
int send_all(int s, const char *bytes, int length);

#endif
