/*
 * A TCP echo server that is wrong in the way its argument names, by what the system's calls do by
 * themselves: prints its port, and serves each caller in a thread.
 *
 *   timeout    a send that waits for 100 ms gives up, and what it did not take is dropped
 *   interrupt  a signal comes every 10 ms, and a send that it interrupts is not continued
 *   sigpipe    does not ignore SIGPIPE: a caller that has gone ends the whole server
 *   word       the message "quit" ends the whole server
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const char *mode;

static void nothing(int number) { (void)number; }

/* The signal is the thread's own, so that each caller's send is interrupted. */
static void interrupt_often(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGUSR1};
	event._sigev_un._tid = gettid();
	struct itimerspec every = {{0, 10000000}, {0, 10000000}};
	timer_t timer;

	if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0)
		timer_settime(timer, 0, &every, NULL);
}

static void *serve(void *argument)
{
	int caller = (int)(long)argument;
	char buffer[128];

	if (strcmp(mode, "interrupt") == 0)
		interrupt_often();
	for (;;) {
		ssize_t got = recv(caller, buffer, sizeof buffer, 0);
		if (got < 0 && strcmp(mode, "interrupt") == 0)
			continue;
		if (got <= 0)
			break;
		if (strcmp(mode, "word") == 0 && got == 4 && memcmp(buffer, "quit", 4) == 0)
			exit(0);
		send(caller, buffer, got, 0); /* What it returns is what these faults are about. */
	}
	close(caller);
	return NULL;
}

int main(int count, char **arguments)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof at;
	int listener = socket(AF_INET, SOCK_STREAM, 0);
	struct sigaction unrestarted = {.sa_handler = nothing};

	mode = count > 1 ? arguments[1] : "";
	sigaction(SIGUSR1, &unrestarted, NULL);
	signal(SIGPIPE, strcmp(mode, "sigpipe") == 0 ? SIG_DFL : SIG_IGN);
	if (bind(listener, (struct sockaddr *)&at, length) != 0 || listen(listener, 50) != 0)
		return 1;
	getsockname(listener, (struct sockaddr *)&at, &length);
	printf("listening %d\n", ntohs(at.sin_port));
	fflush(stdout);
	for (;;) {
		struct timeval patience = {0, 100000};
		int on = 1;
		pthread_t thread;
		int caller = accept(listener, NULL, NULL);

		if (caller < 0)
			continue;
		setsockopt(caller, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		if (strcmp(mode, "timeout") == 0)
			setsockopt(caller, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
		if (pthread_create(&thread, NULL, serve, (void *)(long)caller) == 0)
			pthread_detach(thread);
	}
}
