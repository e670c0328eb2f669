# A right echo server over TCP: a process for each caller.

use strict;
use warnings;
use IO::Socket::INET;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

$SIG{CHLD} = 'IGNORE';
$SIG{PIPE} = 'IGNORE';
$| = 1;

my $listener = IO::Socket::INET->new(
    LocalAddr => '127.0.0.1', LocalPort => 0, Listen => 50, Proto => 'tcp') or die "listen: $!";
print 'listening ', $listener->sockport, "\n";

while (1) {
    my $caller = $listener->accept or next;
    my $child = fork;
    if (defined $child && $child == 0) {
        close $listener;
        setsockopt $caller, IPPROTO_TCP, TCP_NODELAY, 1;
        while (sysread $caller, my $received, 128) {
            my $sent = 0;
            while ($sent < length $received) {
                my $some = syswrite $caller, $received, length($received) - $sent, $sent;
                exit unless defined $some;
                $sent += $some;
            }
        }
        exit;
    }
    close $caller;
}
