# A right echo server over TCP: one loop of events, and fcopy, which waits for a slow reader.

proc accept {caller address port} {
    chan configure $caller -translation binary -buffering none -blocking 0
    fcopy $caller $caller -command [list finish $caller]
}

proc finish {caller bytes args} {
    catch {close $caller}
}

set listener [socket -server accept -myaddr 127.0.0.1 0]
puts "listening [lindex [chan configure $listener -sockname] 2]"
flush stdout
vwait forever
