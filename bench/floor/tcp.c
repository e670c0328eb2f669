/* Echo over TCP as quick as C can: the floor that ./sockbed bench --floor sets us against.
 *
 * block, spin: a receive and a send a message. batch: up to 64 KiB a call, a quarter of the window a
 * send. What comes back is counted and not looked at.
 */
#include "floor.h"
#include <netinet/tcp.h>

static char buffer[BUFFER];

static ssize_t receive(int fd, struct arguments a) {
  size_t most = a.mode == BATCH || a.size > BUFFER ? BUFFER : a.size;
  ssize_t n;
  do {
    n = recv(fd, buffer, most, a.mode == SPIN ? MSG_DONTWAIT : 0);
  } while (n < 0 && (errno == EAGAIN || errno == EINTR));
  return n;
}

static void send_all(int fd, ssize_t length) {
  for (ssize_t done = 0, n; done < length; done += n) {
    n = send(fd, buffer + done, length - done, MSG_NOSIGNAL);
    if (n < 0) return; /* The client has gone. */
  }
}

static void no_delay(int fd) {
  int one = 1;
  if (setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one)) fail("TCP_NODELAY");
}

static void serve(struct arguments a) {
  struct sockaddr_in address = loopback(0);
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 8)) fail("bind");
  alarm(MOST_SECONDS);
  tell_port(listener);
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) fail("accept");
    no_delay(fd);
    for (ssize_t n; (n = receive(fd, a)) > 0;) send_all(fd, n);
    close(fd);
  }
}

/* Sends what it can of some bytes; the client never waits for room, or both ends could. */
static long long send_some(int fd, long long bytes) {
  long long sent = 0;
  while (sent < bytes) {
    size_t most = bytes - sent < BUFFER ? bytes - sent : BUFFER;
    ssize_t n = send(fd, buffer, most, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN) break;
    if (n < 0) fail("send");
    sent += n;
  }
  return sent;
}

static void ask(struct arguments a) {
  struct sockaddr_in address = loopback(a.port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address)) fail("connect");
  no_delay(fd);
  long long window = (long long)a.window * a.size, unsent = 0, in_flight = 0, back = 0, counted = 0;
  long long least = a.mode == BATCH ? window / 4 : a.size;
  if (least < a.size) least = a.size;
  long long start = now(), begin = start + a.warmup * 1000000LL, end = begin + a.duration * 1000000LL;
  long long sent_at = start;
  for (long long t = start; t < end;) {
    while (window - in_flight >= least) { /* Whole messages that are in flight or to be sent. */
      long long more = a.mode == BATCH ? (window - in_flight) / a.size * a.size : a.size;
      in_flight += more;
      unsent += more;
      if (a.window == 1) sent_at = now();
      unsent -= send_some(fd, unsent);
      if (unsent) break;
    }
    if (unsent) unsent -= send_some(fd, unsent);
    ssize_t n = receive(fd, a);
    if (n <= 0) fail("receive");
    in_flight -= n;
    t = now();
    if (t < begin) continue;
    if (!counted) {
      counted = 1;
      begin = t;
      back = 0;
      continue;
    }
    back += n;
    if (a.window == 1 && in_flight == 0) record(t - sent_at);
  }
  report(back / a.size, now() - begin, 0);
}

int main(int count, char **words) {
  struct arguments a = read_arguments(count, words);
  if (a.port) ask(a); else serve(a);
}
