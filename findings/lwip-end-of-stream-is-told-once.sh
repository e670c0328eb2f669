#!/usr/bin/env bash
# lwIP 2.1.3 (Debian's build): after the peer's FIN the first recv returns 0, and the next one fails with
# ENOTCONN (107). POSIX systems go on returning 0. A program that asks once more, as a loop that collects n
# bytes does, takes an orderly end for an error. What to expect per platform is in docs/protocol.md; the
# ports in docs/ports/lwip-c stop at the first 0.
set -euo pipefail

version=2.1.3+dfsg1-2
missing() {
  echo "can't be tried: $1" >&2
  exit 4
}
for program in apt-get dpkg gcc ip python3 unshare; do
  command -v "$program" >/dev/null || missing "$program is not installed"
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq "liblwip0=$version" "liblwip-dev=$version" 2>/dev/null || missing "no liblwip $version"
for package in ./*.deb; do dpkg -x "$package" .; done
library=$(dirname "$(find . -name 'liblwip.so.0')")

cat >client.c <<'C'
#include <errno.h>
#include <stdio.h>
#include "lwip/netif.h"
#include "lwip/sockets.h"
#include "lwip/tcpip.h"
#include "netif/tapif.h"

static struct netif interface;

static void add(void *ready) {
    ip4_addr_t address, mask, none;
    IP4_ADDR(&address, 192, 168, 7, 2);
    IP4_ADDR(&mask, 255, 255, 255, 0);
    ip4_addr_set_any(&none);
    netif_add(&interface, &address, &mask, &none, NULL, tapif_init, tcpip_input);
    netif_set_default(&interface);
    netif_set_up(&interface);
    netif_set_link_up(&interface);
    sys_sem_signal(ready);
}

int main(void) {
    sys_sem_t ready;
    sys_sem_new(&ready, 0);
    tcpip_init(add, &ready);
    sys_arch_sem_wait(&ready, 0);
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(7000)};
    lwip_inet_pton(AF_INET, "192.168.7.1", &server.sin_addr);
    int s = lwip_socket(AF_INET, SOCK_STREAM, 0);
    if (lwip_connect(s, (struct sockaddr *)&server, sizeof server)) return 1;
    char bytes[16];
    for (int i = 1; i <= 2; i++) {
        int received = lwip_recv(s, bytes, sizeof bytes, 0);
        if (received < 0)
            printf("recv %d after the FIN: -1, errno %d\n", i, errno);
        else
            printf("recv %d after the FIN: %d\n", i, received);
    }
    return 0;
}
C
gcc -std=gnu11 -Iusr/include/lwip -o client client.c "$library/liblwip.so.0" || missing "it does not compile"

cat >peer.py <<'PYTHON'
import socket
listener = socket.create_server(("192.168.7.1", 7000))
print("listening", flush=True)
listener.accept()[0].close()
PYTHON

seen=$(LD_LIBRARY_PATH=$library unshare -rn sh -euc '
  ip link set lo up
  ip tuntap add tap0 mode tap
  ip addr add 192.168.7.1/24 dev tap0
  ip link set tap0 mtu 576 up
  timeout 30 python3 peer.py >listening &
  until grep -q listening listening; do kill -0 $!; sleep 0.1; done
  PRECONFIGURED_TAPIF=tap0 timeout 30 ./client') || missing "no network namespace with a TAP device"
printf 'lwIP %s\n%s\n' "$version" "$seen"
if [ "$seen" != 'recv 1 after the FIN: 0
recv 2 after the FIN: -1, errno 107' ]; then
  echo "This has changed."
  exit 1
fi
