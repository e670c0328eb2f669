package dev.sockbed.bench.peers;

import dev.sockbed.common.IoMode;
import dev.sockbed.common.Transport;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty, as its users write it: handlers in an event loop. The client's rounds run within its loop,
 * so that they cost no hand-over between threads.
 */
// The void promise makes a failed write an exception of its handler, which is where it is seen.
@SuppressWarnings("FutureReturnValueIgnored")
final class NettyContest implements Contest {
  /** For one run of many rounds. */
  private static final long PATIENCE_SECONDS = 60;

  private static final int DATAGRAMS_A_CALL = 64;

  private final Setting setting;
  private final EventLoopGroup serverLoop;
  private final Channel server;

  /** Is there from the first run on, so that its thread has the processors of who runs. */
  private @Nullable Client client;

  NettyContest(Setting setting) throws IOException {
    this.setting = setting;
    serverLoop = loop();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    AbstractBootstrap<?, ?> bootstrap =
        setting.transport() == Transport.TCP
            ? withOptions(new ServerBootstrap().channel(EpollServerSocketChannel.class))
            : withOptions(new Bootstrap(), true).handler(new Echo());
    server = bootstrap.group(serverLoop).bind(anyPort).syncUninterruptibly().channel();
  }

  private EventLoopGroup loop() {
    IoHandlerFactory handlers =
        setting.waiting().blocksAtOnce()
            ? EpollIoHandler.newFactory()
            : EpollIoHandler.newFactory(0, () -> (_, _) -> SelectStrategy.BUSY_WAIT);
    return new MultiThreadIoEventLoopGroup(1, handlers);
  }

  private ServerBootstrap withOptions(ServerBootstrap bootstrap) {
    if (setting.io() == IoMode.PLAIN) {
      bootstrap.childOption(ChannelOption.RECVBUF_ALLOCATOR, oneMessage());
    }
    return bootstrap.childOption(ChannelOption.TCP_NODELAY, true).childHandler(new Echo());
  }

  private Bootstrap withOptions(Bootstrap bootstrap, boolean datagrams) {
    if (setting.io() == IoMode.PLAIN) {
      bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, oneMessage());
    } else if (datagrams) {
      bootstrap
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, setting.payload())
          .option(
              ChannelOption.RECVBUF_ALLOCATOR,
              new FixedRecvByteBufAllocator(DATAGRAMS_A_CALL * setting.payload()));
    }
    return datagrams
        ? bootstrap.channel(EpollDatagramChannel.class).option(ChannelOption.SO_RCVBUF, 4 << 20)
        : bootstrap.channel(EpollSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
  }

  private FixedRecvByteBufAllocator oneMessage() {
    return new FixedRecvByteBufAllocator(setting.payload());
  }

  @Override
  public long run(int rounds, RoundTimes times) throws Exception {
    if (client == null) {
      client = new Client(times);
    }
    return client.run(rounds);
  }

  @Override
  public void close() {
    if (client != null) {
      client.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
    serverLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Sends back what comes: each message at once, or all that one reading brought together. */
  @ChannelHandler.Sharable
  private final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      Object reply =
          message instanceof DatagramPacket packet
              ? new DatagramPacket(packet.content(), packet.sender())
              : message;
      if (setting.io() == IoMode.PLAIN) {
        context.writeAndFlush(reply, context.voidPromise());
      } else {
        context.write(reply, context.voidPromise());
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }

  /** All the connections, in one loop. */
  @ChannelHandler.Sharable
  private final class Client extends ChannelInboundHandlerAdapter {
    private final EventLoopGroup loop = loop();
    private final List<Channel> channels = new ArrayList<>();
    private final ByteBuf message;
    private final RoundTimes times;

    // The loop's.
    private int roundsLeft;
    private long missing;
    private long received;
    private CompletableFuture<Long> done = new CompletableFuture<>();

    Client(RoundTimes times) {
      this.times = times;
      message = Unpooled.directBuffer(setting.payload()).writeZero(setting.payload());
      Bootstrap bootstrap =
          withOptions(new Bootstrap(), setting.transport() == Transport.UDP)
              .group(loop)
              .handler(this);
      for (int i = 0; i < setting.connections(); i++) {
        channels.add(bootstrap.connect(server.localAddress()).syncUninterruptibly().channel());
      }
    }

    long run(int rounds) throws Exception {
      CompletableFuture<Long> end = new CompletableFuture<>();
      loop.execute(() -> {
        done = end;
        roundsLeft = rounds;
        received = 0;
        times.begin();
        begin();
      });
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void begin() {
      missing = (long) setting.messages() * setting.payload();
      for (int c = 0; c < channels.size(); c++) {
        Channel channel = channels.get(c);
        for (int i = 0; i < setting.window(); i++) {
          if (setting.io() == IoMode.PLAIN) {
            channel.writeAndFlush(message.retainedDuplicate(), channel.voidPromise());
          } else {
            channel.write(message.retainedDuplicate(), channel.voidPromise());
          }
        }
        channel.flush();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object reply) {
      ByteBuf bytes = reply instanceof DatagramPacket packet ? packet.content() : (ByteBuf) reply;
      missing -= bytes.readableBytes();
      received += bytes.readableBytes();
      ReferenceCountUtil.release(reply);
      if (missing == 0) {
        times.next();
        roundsLeft--;
        if (roundsLeft > 0) {
          begin();
        } else {
          done.complete(received);
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
