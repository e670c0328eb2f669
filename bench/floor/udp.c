/* Echo over UDP as quick as C can: the floor that ./sockbed bench --floor sets us against.
 *
 * block, spin: a receive and a send a datagram. batch: the system cuts up and joins datagrams
 * (UDP_SEGMENT, UDP_GRO), a quarter of the window a call. What comes back is counted and not looked at.
 */
#include "floor.h"
#include <netinet/udp.h>
#include <sys/time.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
#define MOST_SEGMENTS 64 /* Of one call, in every Linux that has them. */
#define MOST_BYTES 65507

static char buffer[BUFFER];

/* A call's buffer, address and one control message. */
struct call {
  struct sockaddr_in peer;
  struct iovec data;
  union {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  struct msghdr message;
};

static void prepare(struct call *c, size_t length, int addressed) {
  c->data = (struct iovec){buffer, length};
  c->message = (struct msghdr){.msg_iov = &c->data, .msg_iovlen = 1};
  if (addressed) {
    c->message.msg_name = &c->peer;
    c->message.msg_namelen = sizeof c->peer;
  }
  c->message.msg_control = c->control.room;
  c->message.msg_controllen = sizeof c->control.room;
}

static int udp(int joins) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), one = 1, room = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  if (joins && setsockopt(fd, IPPROTO_UDP, UDP_GRO, &one, sizeof one)) fail("UDP_GRO");
  return fd;
}

static ssize_t receive(int fd, struct call *c, int addressed, int flags, int *segment) {
  ssize_t n;
  do {
    prepare(c, BUFFER, addressed);
    n = recvmsg(fd, &c->message, flags);
  } while (n < 0 && ((flags & MSG_DONTWAIT && errno == EAGAIN) || errno == EINTR));
  *segment = n;
  for (struct cmsghdr *h = CMSG_FIRSTHDR(&c->message); h; h = CMSG_NXTHDR(&c->message, h))
    if (h->cmsg_level == IPPROTO_UDP && h->cmsg_type == UDP_GRO) memcpy(segment, CMSG_DATA(h), sizeof(int));
  return n;
}

/* Sends datagrams of the segment's length, but for the last. */
static void transmit(int fd, struct call *c, size_t length, int addressed, int segment) {
  prepare(c, length, addressed);
  if (length > (size_t)segment) {
    unsigned short bytes = segment;
    c->control.header.cmsg_level = IPPROTO_UDP;
    c->control.header.cmsg_type = UDP_SEGMENT;
    c->control.header.cmsg_len = CMSG_LEN(sizeof bytes);
    memcpy(CMSG_DATA(&c->control.header), &bytes, sizeof bytes);
    c->message.msg_controllen = CMSG_SPACE(sizeof bytes);
  } else {
    c->message.msg_control = NULL;
    c->message.msg_controllen = 0;
  }
  if (sendmsg(fd, &c->message, 0) < 0 && errno != ECONNREFUSED && errno != ENOBUFS) fail("sendmsg");
}

static void serve(struct arguments a) {
  struct sockaddr_in address = loopback(0);
  int fd = udp(a.mode == BATCH), segment;
  if (bind(fd, (struct sockaddr *)&address, sizeof address)) fail("bind");
  alarm(MOST_SECONDS);
  tell_port(fd);
  struct call c;
  for (;;) {
    if (a.mode == BATCH) {
      ssize_t n = receive(fd, &c, 1, 0, &segment);
      if (n > 0) transmit(fd, &c, n, 1, segment);
      continue;
    }
    socklen_t length = sizeof address;
    ssize_t n = recvfrom(fd, buffer, a.size, a.mode == SPIN ? MSG_DONTWAIT : 0,
                         (struct sockaddr *)&address, &length);
    if (n >= 0) sendto(fd, buffer, n, 0, (struct sockaddr *)&address, length);
  }
}

static void ask(struct arguments a) {
  struct sockaddr_in address = loopback(a.port);
  int fd = udp(a.mode == BATCH), segment;
  struct timeval patience = {.tv_usec = 200000};
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  int in_flight = 0, least = a.mode == BATCH && a.window >= 4 ? a.window / 4 : 1;
  int most = MOST_BYTES / a.size < MOST_SEGMENTS ? MOST_BYTES / a.size : MOST_SEGMENTS;
  long long back = 0, lost = 0, counted = 0;
  long long start = now(), begin = start + a.warmup * 1000000LL, end = begin + a.duration * 1000000LL;
  long long sent_at = start, waits_since = start;
  struct call c;
  for (long long t = start; t < end;) {
    while (a.window - in_flight >= least) {
      int more = 1;
      if (a.window == 1) sent_at = now();
      if (a.mode == BATCH) {
        more = a.window - in_flight < most ? a.window - in_flight : most;
        transmit(fd, &c, (size_t)more * a.size, 0, a.size);
      } else if (send(fd, buffer, a.size, 0) < 0) {
        fail("send");
      }
      in_flight += more;
    }
    ssize_t n;
    int messages = 1;
    if (a.mode == BATCH) {
      n = receive(fd, &c, 0, 0, &segment);
      messages = n > 0 ? (n + a.size - 1) / a.size : 0;
    } else {
      n = recv(fd, buffer, a.size, a.mode == SPIN ? MSG_DONTWAIT : 0);
    }
    t = now();
    if (n < 0) {
      if (errno != EAGAIN && errno != EINTR) fail("recv");
      if (a.mode == SPIN && t - waits_since < 200000000) continue;
      lost += in_flight; /* Nothing for 0.2 s: they do not come any more. */
      in_flight = 0;
      waits_since = t;
      continue;
    }
    waits_since = t;
    in_flight -= messages;
    if (t < begin) continue;
    if (!counted) {
      counted = 1;
      begin = t;
      continue;
    }
    back += messages;
    if (a.window == 1) record(t - sent_at);
  }
  report(back, now() - begin, lost);
}

int main(int count, char **words) {
  struct arguments a = read_arguments(count, words);
  if (a.port) ask(a); else serve(a);
}
