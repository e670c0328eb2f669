/* What the C loops share: their arguments, time, and the histogram of round trips. */
#ifndef FLOOR_H
#define FLOOR_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BUFFER 65536
#define NANOS_PER_SECOND 1000000000LL
#define MOST_SECONDS 120 /* A server ends by then, also if nobody is left to end it. */

/* How an end waits and how much a call carries. */
enum mode { BLOCK, SPIN, BATCH };

struct arguments {
  enum mode mode;
  int size;     /* bytes a message */
  int cpu;      /* the processor to run on; -1: any */
  int port;     /* of the server; only a client has the rest */
  int window;   /* messages in flight */
  int warmup;   /* milliseconds before the measurement */
  int duration; /* milliseconds of it */
};

static inline void fail(const char *what) {
  perror(what);
  exit(1);
}

static inline long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * NANOS_PER_SECOND + t.tv_nsec;
}

/* serve MODE SIZE CPU, or ask MODE SIZE CPU PORT WINDOW WARMUP DURATION. */
static inline struct arguments read_arguments(int count, char **words) {
  struct arguments a = {0};
  int asks = count == 9 && !strcmp(words[1], "ask");
  if (!asks && !(count == 5 && !strcmp(words[1], "serve"))) {
    fprintf(stderr, "usage: %s serve MODE SIZE CPU\n"
                    "       %s ask MODE SIZE CPU PORT WINDOW WARMUP-MS DURATION-MS\n",
            words[0], words[0]);
    exit(2);
  }
  a.mode = !strcmp(words[2], "spin") ? SPIN : !strcmp(words[2], "batch") ? BATCH : BLOCK;
  a.size = atoi(words[3]);
  a.cpu = atoi(words[4]);
  if (a.cpu >= 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(a.cpu, &set);
    if (sched_setaffinity(0, sizeof set, &set)) fail("sched_setaffinity");
  }
  if (asks) {
    a.port = atoi(words[5]);
    a.window = atoi(words[6]);
    a.warmup = atoi(words[7]);
    a.duration = atoi(words[8]);
  }
  return a;
}

static inline struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/* Tells whoever started this server where it is. */
static inline void tell_port(int fd) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  if (getsockname(fd, (struct sockaddr *)&address, &length)) fail("getsockname");
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);
}

/* Round trips of up to 10 ms, in steps of 20 ns; longer ones count as that. */
#define STEP 20
#define STEPS 500000
static unsigned trips[STEPS];

static inline void record(long long nanos) {
  trips[nanos / STEP < STEPS ? nanos / STEP : STEPS - 1]++;
}

static inline double median(void) {
  long long count = 0, below = 0;
  for (int i = 0; i < STEPS; i++) count += trips[i];
  if (!count) return 0;
  for (int i = 0; i < STEPS; i++) {
    below += trips[i];
    if (2 * below >= count) return (i + 0.5) * STEP;
  }
  return 0;
}

/* What a client found: messages that came back, in how many nanoseconds, their median round trip
   (0 with a larger window), and how many never came back. */
static inline void report(long long messages, long long nanos, long long lost) {
  printf("messages %lld nanos %lld p50 %.0f lost %lld\n", messages, nanos, median(), lost);
}

#endif
