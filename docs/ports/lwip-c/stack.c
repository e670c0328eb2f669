/* On a board the firmware does what this file does: it starts lwIP and gives it an interface. */
#include "stack.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lwip/netif.h"
#include "lwip/tcpip.h"
#include "netif/tapif.h"

static struct netif interface;

void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(3);
}

/* The stack's own thread calls this once it runs. */
static void add_interface(void *ready) {
    const char *configured = getenv("LWIP_ADDRESS");
    ip4_addr_t address, mask, gateway;
    if (!ip4addr_aton(configured ? configured : "192.168.7.2", &address)) {
        fprintf(stderr, "LWIP_ADDRESS is no IPv4 address: %s\n", configured);
        exit(2);
    }
    IP4_ADDR(&mask, 255, 255, 255, 0);
    ip4_addr_set_any(&gateway);
    if (!netif_add(&interface, &address, &mask, &gateway, NULL, tapif_init, tcpip_input)) fail("netif_add");
    netif_set_default(&interface);
    netif_set_up(&interface);
    netif_set_link_up(&interface);
    sys_sem_signal(ready);
}

void start_stack(void) {
    if (!getenv("PRECONFIGURED_TAPIF")) {
        fprintf(stderr, "PRECONFIGURED_TAPIF names no TAP device\n");
        exit(3);
    }
    sys_sem_t ready;
    if (sys_sem_new(&ready, 0) != ERR_OK) fail("sys_sem_new");
    tcpip_init(add_interface, &ready);
    sys_arch_sem_wait(&ready, 0);
    sys_sem_free(&ready);
}

struct sockaddr_in socket_address(const char *host, const char *port) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    char *end;
    long number = strtol(port, &end, 10);
    if (*end || number < 0 || number > 65535 || !lwip_inet_pton(AF_INET, host, &address.sin_addr)) {
        fprintf(stderr, "not an IPv4 address and port: %s %s\n", host, port);
        exit(2);
    }
    address.sin_port = lwip_htons(number);
    return address;
}

int send_all(int s, const char *bytes, int length) {
    while (length > 0) {
        int sent = lwip_send(s, bytes, length, 0);
        if (sent < 0) return -1;
        bytes += sent;
        length -= sent;
    }
    return 0;
}
