#!/usr/bin/env bash
# Netty 4.2.18: writing an empty DatagramPacket to a NioDatagramChannel succeeds, and nothing is sent. The
# future says that it was; a peer that waits for an empty datagram, as UDP has them (RFC 768: a length of 8),
# never sees it. So an echo server on it leaves empty datagrams unanswered.
#
# sockbed's own servers are not on Netty. Its checker asks other people's for this answer (echo/udp/1.2).
set -euo pipefail

missing() {
  echo "can't be tried: $1" >&2
  exit 4
}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for program in mvn "$java"; do
  command -v "$program" >/dev/null || missing "$program is not installed"
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for module in transport buffer common resolver; do
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=io.netty:netty-$module:4.2.18.Final -DoutputDirectory=. >mvn.log 2>&1 || {
    cat mvn.log >&2
    exit 4
  }
done

cat >Empty.java <<'JAVA'
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

public class Empty {
  public static void main(String[] arguments) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DatagramSocket plain = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      peer.setSoTimeout(20_000);
      InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
      Channel channel =
          new Bootstrap()
              .group(group)
              .channel(NioDatagramChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();

      plain.send(new java.net.DatagramPacket(new byte[0], 0, to));
      int first = receive(peer);
      ChannelFuture empty = write(channel, Unpooled.EMPTY_BUFFER, to);
      write(channel, Unpooled.copiedBuffer(new byte[5]), to);
      int second = receive(peer);
      System.out.println("the JDK sends 0 bytes: " + first + " bytes come");
      System.out.println("Netty writes 0 bytes: success is " + empty.isSuccess());
      System.out.println("Netty writes 5 bytes: the next that comes has " + second);
      System.exit(first == 0 && empty.isSuccess() && second == 5 ? 0 : 1);
    } finally {
      group.shutdownGracefully();
    }
  }

  private static ChannelFuture write(Channel channel, ByteBuf bytes, InetSocketAddress to)
      throws InterruptedException {
    return channel.writeAndFlush(new DatagramPacket(bytes, to)).sync();
  }

  private static int receive(DatagramSocket peer) throws Exception {
    java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[100], 100);
    peer.receive(packet);
    return packet.getLength();
  }
}
JAVA
echo "Netty 4.2.18.Final, $("$java" -version 2>&1 | head -n 1)"
"$java" -cp '*' Empty.java || {
  echo "This has changed."
  exit 1
}
