#!/usr/bin/env bash
# JLine 4.5.0: LineReader.readLine() returns a line without the backslashes that were typed. It is the
# expansion of "!" events, which is on from the start and takes a backslash for its escape, also in lines
# without a "!". With the option DISABLE_EVENT_EXPANSION the line comes back as it was typed.
#
# sockbed's console sets that option: a backslash is part of what is sent to a peer.
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
for module in reader terminal native; do
  mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact=org.jline:jline-$module:4.5.0 -DoutputDirectory=. >mvn.log 2>&1 || {
    cat mvn.log >&2
    exit 4
  }
done

cat >Read.java <<'JAVA'
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

public class Read {
  public static void main(String[] arguments) throws Exception {
    String typed = "send a\\x00b C:\\temp";
    String plain = read(typed, false);
    String unexpanded = read(typed, true);
    System.out.println("typed                            " + typed);
    System.out.println("read                             " + plain);
    System.out.println("read, DISABLE_EVENT_EXPANSION    " + unexpanded);
    boolean seen = plain.equals(typed.replace("\\", "")) && unexpanded.equals(typed);
    System.exit(seen ? 0 : 1);
  }

  private static String read(String typed, boolean withoutEvents) throws Exception {
    ByteArrayInputStream keys = new ByteArrayInputStream((typed + "\r").getBytes("UTF-8"));
    try (Terminal terminal = new DumbTerminal(keys, new ByteArrayOutputStream())) {
      return LineReaderBuilder.builder()
          .terminal(terminal)
          .option(LineReader.Option.DISABLE_EVENT_EXPANSION, withoutEvents)
          .build()
          .readLine();
    }
  }
}
JAVA
echo "JLine 4.5.0, $("$java" -version 2>&1 | head -n 1)"
"$java" -cp '*' Read.java || {
  echo "This has changed."
  exit 1
}
