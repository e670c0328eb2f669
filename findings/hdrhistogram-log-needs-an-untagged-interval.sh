#!/usr/bin/env bash
# HdrHistogram 2.2.2: HistogramLogProcessor throws a NullPointerException on a log in which every interval
# has a tag, unless -tag names one of them. The library's own HistogramLogWriter writes such logs, and its
# HistogramLogReader reads them. With one interval that has no tag the processor works.
#
# sockbed's logs therefore need intervals without a tag too.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=org.hdrhistogram:HdrHistogram:2.2.2 -DoutputDirectory=. >mvn.log 2>&1 || {
  cat mvn.log >&2
  exit 4
}

cat >Write.java <<'JAVA'
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

public class Write {
  public static void main(String[] arguments) throws Exception {
    HistogramLogWriter log = new HistogramLogWriter(arguments[0]);
    log.outputLegend();
    for (int i = 1; i < arguments.length; i++) {
      Histogram interval = new Histogram(3);
      interval.recordValue(1_000L * i);
      interval.setStartTimeStamp(1_000L * i);
      interval.setEndTimeStamp(1_000L * i + 1_000);
      interval.setTag(arguments[i].equals("-") ? null : arguments[i]);
      log.outputIntervalHistogram(interval);
    }
    log.close();
  }
}
JAVA
jar=HdrHistogram-2.2.2.jar
"$java" -cp "$jar" Write.java tagged.hlog tcp udp
"$java" -cp "$jar" Write.java mixed.hlog tcp udp -

echo "HdrHistogram 2.2.2, $("$java" -version 2>&1 | head -n 1)"
processor() {
  echo "-- HistogramLogProcessor $*"
  # It ends with 0 either way; what it printed tells.
  "$java" -cp "$jar" org.HdrHistogram.HistogramLogProcessor "$@" >out 2>&1
  head -n 4 out
}
processor -i tagged.hlog
throws=$(grep -c "NullPointerException" out || true)
processor -i tagged.hlog -tag tcp
named=$(grep -c "Total count" out || true)
processor -i mixed.hlog
mixed=$(grep -c "Total count" out || true)
echo "all tagged: NullPointerException $throws times; -tag tcp: $named summary; with an untagged one: $mixed"
if ! { [ "$throws" -ge 1 ] && [ "$named" = 1 ] && [ "$mixed" = 1 ]; }; then
  echo "This has changed."
  exit 1
fi
