package dev.sockbed.bench.conformance.cases;

import dev.sockbed.bench.conformance.Limits;
import dev.sockbed.bench.conformance.WireLog;
import dev.sockbed.bench.conformance.peers.BoardCaller;
import dev.sockbed.client.device.BoardProfile;
import dev.sockbed.common.Address;
import dev.sockbed.common.LocalEnd;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The boards that call a server in one case, by name. */
final class Boards implements AutoCloseable {
  private final Address server;
  private final LocalEnd local;
  private final Limits limits;
  private final WireLog log;
  private final Map<String, BoardCaller> running = new ConcurrentHashMap<>();

  Boards(Address server, LocalEnd local, Limits limits, WireLog log) {
    this.server = server;
    this.local = local;
    this.limits = limits;
    this.log = log;
  }

  /** Switches a board on; one of that name that was on before is switched off. */
  BoardCaller start(String name, BoardProfile profile, String greeting, int answers) {
    BoardCaller board =
        BoardCaller.start(name, server, local, profile, greeting, answers, limits.patience(), log);
    BoardCaller before = running.put(name, board);
    if (before != null) {
      before.close();
    }
    return board;
  }

  /** The board of that name, which was switched on. */
  BoardCaller get(String name) {
    BoardCaller board = running.get(name);
    if (board == null) {
      throw new IllegalStateException(name + " was not switched on: the case is wrong");
    }
    return board;
  }

  @Override
  public void close() {
    running.values().forEach(BoardCaller::close);
  }
}
