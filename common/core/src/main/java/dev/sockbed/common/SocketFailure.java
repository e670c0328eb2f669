package dev.sockbed.common;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** A socket call that failed: which call, on which address, and which {@link SocketError}. */
public final class SocketFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final SocketError error;

  /**
   * @param error what went wrong
   * @param operation the call and the address it was made on, as in {@code connect
   *     tcp://127.0.0.1:9}
   * @param cause what the JDK threw, or null
   */
  public SocketFailure(SocketError error, String operation, @Nullable Throwable cause) {
    super(message(error, operation, cause), cause);
    this.error = error;
  }

  /**
   * Translates what the JDK threw. Where the JDK gives no type for an error, its message (the
   * system's text for {@code errno}) is read; an unknown text gives {@link SocketError#OTHER}.
   *
   * @return {@code cause} itself if it is a {@code SocketFailure} already
   */
  public static SocketFailure of(String operation, Exception cause) {
    return cause instanceof SocketFailure known
        ? known
        : new SocketFailure(errorOf(cause), operation, cause);
  }

  /** Which error it was. */
  public SocketError error() {
    return error;
  }

  private static String message(SocketError error, String operation, @Nullable Throwable cause) {
    String why = error.meaning();
    if (error == SocketError.OTHER && cause != null) {
      why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
    return operation + ": " + why + " (" + error.posixName() + ")";
  }

  private static SocketError errorOf(Exception cause) {
    return switch (cause) {
      case ClosedChannelException _, ClosedSelectorException _ -> SocketError.CLOSED;
      case PortUnreachableException _ -> SocketError.REFUSED;
      case SocketTimeoutException _ -> SocketError.TIMED_OUT;
      case NoRouteToHostException _ -> SocketError.UNREACHABLE;
      case UnsupportedAddressTypeException _ -> SocketError.WRONG_FAMILY;
      case UnknownHostException _ -> SocketError.UNKNOWN_HOST;
      default -> ErrorText.errorOf(String.valueOf(cause.getMessage()));
    };
  }
}
