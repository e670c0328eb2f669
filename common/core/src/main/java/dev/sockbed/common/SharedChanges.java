package dev.sockbed.common;

import java.time.Duration;

/**
 * The changes that both transports' configurations can be copied with.
 *
 * @param <C> the configuration that is changed
 */
public interface SharedChanges<C> {
  /** What is changed. */
  SharedConfig shared();

  /** The same but for what both transports have. */
  C withShared(SharedConfig shared);

  /** The same but for the receive limit, in bytes. */
  default C withReceiveLimit(int receiveLimit) {
    return withShared(shared().withReceiveLimit(receiveLimit));
  }

  /** The same but for the connect timeout. */
  default C withConnectTimeout(Duration connectTimeout) {
    return withShared(shared().withConnectTimeout(connectTimeout));
  }

  /** The same but for the receive timeout. */
  default C withReceiveTimeout(Duration receiveTimeout) {
    return withShared(shared().withReceiveTimeout(receiveTimeout));
  }

  /** The same but for the send buffer. */
  default C withSendBufferBytes(int bytes) {
    int receiveBytes = shared().buffers().receiveBytes();
    return withShared(shared().withBuffers(new SharedConfig.Buffers(bytes, receiveBytes)));
  }

  /** The same but for the receive buffer. */
  default C withReceiveBufferBytes(int bytes) {
    int sendBytes = shared().buffers().sendBytes();
    return withShared(shared().withBuffers(new SharedConfig.Buffers(sendBytes, bytes)));
  }

  /** The same but for what packets are marked with, and by which way they leave. */
  default C withPackets(PacketOptions packets) {
    return withShared(shared().withPackets(packets));
  }

  /** The same but for where a client talks from. */
  default C withLocal(LocalEnd local) {
    return withShared(shared().withLocal(local));
  }

  /** The same but for the kind of thread. */
  default C withThreads(ThreadKind threads) {
    return withShared(shared().withThreads(threads));
  }

  /** The same but for how a receive waits. */
  default C withWaiting(WaitStrategy waiting) {
    return withShared(shared().withWaiting(waiting));
  }

  /** The same but for how many messages a system call carries. */
  default C withIo(IoMode io) {
    return withShared(shared().withIo(io));
  }
}
