package dev.sockbed.server.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
final class TranscriptTest {
  private final Transcript transcript = new Transcript(Clock.systemUTC());

  @Test
  void olderRowsAreDroppedAndCounted() {
    for (int i = 0; i < Transcript.MOST_ROWS + 5; i++) {
      transcript.tell(RowKind.NOTE, 0, "", "row " + i);
    }
    assertThat(transcript.rows()).hasSize(Transcript.MOST_ROWS);
    assertThat(transcript.dropped()).isEqualTo(5);
    assertThat(transcript.after(0, 10).rows().getFirst().number()).isEqualTo(6);
  }

  @Test
  void bytesAreBoundedToo() {
    Bytes large = Bytes.of(new byte[Transcript.MOST_BYTES_A_ROW + 1]);
    for (int i = 0; i < 600; i++) {
      transcript.add(RowKind.RECEIVED, 1, "", large.length(), large, false, "");
    }
    long kept = transcript.rows().stream().mapToLong(row -> row.bytes().length()).sum();
    assertThat(kept).isLessThanOrEqualTo(Transcript.MOST_BYTES);
    assertThat(transcript.dropped()).isEqualTo(600 - transcript.rows().size()).isPositive();
    assertThat(transcript.rows().getLast().length()).isEqualTo(Transcript.MOST_BYTES_A_ROW + 1);
  }

  @Test
  void aWindowGoesOnWhereTheLastOneEnded() {
    for (int i = 1; i <= 7; i++) {
      transcript.tell(RowKind.NOTE, 0, "", "row " + i);
    }
    assertThat(transcript.after(2, 3).rows()).extracting(Row::number).containsExactly(3L, 4L, 5L);
    assertThat(transcript.after(7, 3).rows()).isEmpty();
  }

  @Test
  void clearingForgetsRowsButNotTheirNumbers() {
    transcript.tell(RowKind.NOTE, 0, "", "one");
    transcript.clear();
    transcript.tell(RowKind.NOTE, 0, "", "two");
    assertThat(transcript.rows()).extracting(Row::number).containsExactly(2L);
    assertThat(transcript.after(0, 9).clearedUpTo()).isEqualTo(1);
  }
}
