package dev.sockbed.bench.testing;

/**
 * A key of the keyboard.
 *
 * @param key its name in the DOM
 * @param code its number on a PC's keyboard
 * @param text what it types; may be empty
 * @param modifiers which keys are held with it: 1 Alt, 2 Ctrl, 8 Shift, added up
 */
public record Key(String key, int code, String text, int modifiers) {
  public static final Key ENTER = new Key("Enter", 13, "\r", 0);
  public static final Key ESCAPE = new Key("Escape", 27, "", 0);
  public static final Key SLASH = new Key("/", 191, "/", 0);
  public static final Key TAB = new Key("Tab", 9, "", 0);
  public static final Key SPACE = new Key(" ", 32, " ", 0);
  public static final Key UP = new Key("ArrowUp", 38, "", 0);
  public static final Key DOWN = new Key("ArrowDown", 40, "", 0);
  public static final Key LEFT = new Key("ArrowLeft", 37, "", 0);
  public static final Key RIGHT = new Key("ArrowRight", 39, "", 0);
  public static final Key HOME = new Key("Home", 36, "", 0);
  public static final Key END = new Key("End", 35, "", 0);

  /** The same key with Alt held. */
  public Key withAlt() {
    return new Key(key, code, "", modifiers + 1);
  }

  /** The same key with Shift held. */
  public Key withShift() {
    return new Key(key, code, text, modifiers + 8);
  }
}
