#!/usr/bin/env bash
# What does the checker say of echo servers on Netty and MINA?
#
#   bench/java-servers.sh [NAME…]     nio, nio-half-closure, io_uring, io_uring-half-closure, nio-udp,
#                                     mina, mina-on-flush, or those named
#
# Fetches Netty and MINA with Maven into a temporary folder, and runs the servers below, each as short as
# their own examples: what is received goes back. "half-closure" sets ALLOW_HALF_CLOSURE and closes when all
# is written; "on-flush" closes a session in the same way. Prints each case that is no pass. Linux on x86-64
# only; where io_uring is forbidden, as in many containers, the server says so.
set -euo pipefail

NETTY=4.2.18.Final
MINA=2.2.10
sockbed=$(cd "$(dirname "$0")/.." && pwd)/sockbed
all="nio nio-half-closure io_uring io_uring-half-closure nio-udp mina mina-on-flush"
names=${*:-$all}
for name in $names; do
  [[ " $all " == *" $name "* ]] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
done
command -v mvn >/dev/null || { echo "Maven is not installed" >&2; exit 4; }

folder=$(mktemp -d)
server=
# shellcheck disable=SC2064 # The folder is known.
trap "rm -rf '$folder'; [ -z \"\$server\" ] || kill \$server 2>/dev/null || true" EXIT
cat >"$folder/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>servers</groupId><artifactId>servers</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.netty</groupId><artifactId>netty-transport-native-io_uring</artifactId>
      <version>$NETTY</version><classifier>linux-x86_64</classifier>
    </dependency>
    <dependency>
      <groupId>org.apache.mina</groupId><artifactId>mina-core</artifactId><version>$MINA</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -B -q -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DoutputDirectory="$folder" >"$folder/mvn.log" 2>&1 || { cat "$folder/mvn.log" >&2; exit 4; }

cat >"$folder/Echo.java" <<'JAVA'
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.*;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.*;
import io.netty.channel.socket.nio.*;
import io.netty.channel.uring.*;
import java.net.InetSocketAddress;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.service.IoHandlerAdapter;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.transport.socket.nio.NioSocketAcceptor;

public class Echo {
  static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

  public static void main(String[] name) throws Exception {
    boolean half = name[0].endsWith("half-closure");
    InetSocketAddress at =
        switch (name[0]) {
          case "nio", "nio-half-closure" ->
              tcp(NioIoHandler.newFactory(), NioServerSocketChannel.class, half);
          case "io_uring", "io_uring-half-closure" ->
              tcp(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class, half);
          case "nio-udp" -> udp();
          default -> mina(name[0].endsWith("on-flush"));
        };
    System.out.println("listening " + at.getPort());
    Thread.currentThread().join();
  }

  static InetSocketAddress tcp(
      IoHandlerFactory io, Class<? extends ServerChannel> kind, boolean half) throws Exception {
    ChannelInitializer<SocketChannel> echo =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(SocketChannel channel) {
            channel.pipeline().addLast(new Stream());
          }
        };
    return (InetSocketAddress)
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(io))
            .channel(kind)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, half)
            .childHandler(echo)
            .bind(ANY)
            .sync()
            .channel()
            .localAddress();
  }

  static class Stream extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
      context.writeAndFlush(received);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ChannelInputShutdownReadComplete.INSTANCE) {
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable reset) {
      context.close();
    }
  }

  static InetSocketAddress udp() throws Exception {
    SimpleChannelInboundHandler<DatagramPacket> echo =
        new SimpleChannelInboundHandler<>() {
          @Override
          protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            context.writeAndFlush(new DatagramPacket(packet.content().retain(), packet.sender()));
          }
        };
    return (InetSocketAddress)
        new Bootstrap()
            .group(new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()))
            .channel(NioDatagramChannel.class)
            .handler(echo)
            .bind(ANY)
            .sync()
            .channel()
            .localAddress();
  }

  static InetSocketAddress mina(boolean onFlush) throws Exception {
    NioSocketAcceptor acceptor = new NioSocketAcceptor();
    acceptor.getSessionConfig().setTcpNoDelay(true);
    acceptor.setHandler(
        new IoHandlerAdapter() {
          @Override
          public void messageReceived(IoSession session, Object received) {
            IoBuffer in = (IoBuffer) received;
            session.write(IoBuffer.allocate(in.remaining()).put(in).flip());
          }

          @Override
          public void inputClosed(IoSession session) throws Exception {
            if (onFlush) {
              session.closeOnFlush();
            } else {
              super.inputClosed(session);
            }
          }

          @Override
          public void exceptionCaught(IoSession session, Throwable reset) {
            session.closeNow();
          }
        });
    acceptor.bind(ANY);
    return acceptor.getLocalAddress();
  }
}
JAVA

echo "Netty $NETTY, MINA $MINA, Linux $(uname -r)"
for name in $names; do
  : >"$folder/out"
  "$sockbed" --java --enable-native-access=ALL-UNNAMED -cp "$folder/*" "$folder/Echo.java" "$name" \
    >"$folder/out" 2>"$folder/err" &
  server=$!
  until grep -q listening "$folder/out"; do
    if ! kill -0 $server 2>/dev/null; then
      echo "$name: can't be run here"
      grep -v SLF4J "$folder/err" | head -n 5
      continue 2
    fi
    sleep 0.2
  done
  transport=tcp
  [[ $name != *udp ]] || transport=udp
  echo "$name"
  port=$(sed 's/.* //' "$folder/out")
  "$sockbed" check server "$transport://127.0.0.1:$port" --quiet 2>&1 | grep -v '^PASS' || true
  kill $server
  wait $server || true
  server=
done
