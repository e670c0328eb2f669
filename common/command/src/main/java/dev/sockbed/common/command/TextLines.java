package dev.sockbed.common.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The lines of a text that a person wrote with whichever editor: UTF-8, with a byte order mark or
 * without, or UTF-16 with one; each line ended by LF, CR LF or CR.
 */
public final class TextLines {
  private TextLines() {}

  /**
   * Reads a file.
   *
   * @param what what it should be, as in "a script"
   * @param mostBytes the longest that is read
   * @throws UsageException if it is missing, can't be read, is longer, or is no such text
   */
  public static List<String> read(Path file, String what, int mostBytes) {
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a folder, not " + what);
    }
    try (InputStream in = PatientFile.open(file)) {
      return read(in, String.valueOf(file), what, mostBytes);
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": there is no such file");
    } catch (AccessDeniedException e) {
      throw new UsageException(file + " can't be read: permission denied");
    } catch (IOException e) {
      throw new UsageException(file + " can't be read: " + e.getMessage());
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name what it is called when it is told of
   * @param what as for {@link #read(Path, String, int)}
   * @param mostBytes as for {@link #read(Path, String, int)}
   * @throws IOException if the stream fails
   * @throws UsageException if it is longer, or no such text
   */
  public static List<String> read(InputStream in, String name, String what, int mostBytes)
      throws IOException {
    byte[] bytes = in.readNBytes(mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw new UsageException(
          "%s is longer than %s may be (%d MiB)".formatted(name, what, mostBytes >> 20));
    }
    Charset charset = charset(bytes);
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
    } catch (CharacterCodingException e) {
      throw new UsageException(name + " is not text in UTF-8");
    }
  }

  /** UTF-16 is told by its byte order mark, which is never the beginning of UTF-8. */
  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
  }
}
