package rekindle.json;

/**
 * One fault of a JSON document, in words for the person who sent it.
 *
 * @param pointer where, as an RFC 6901 pointer; empty for the whole document
 * @param message what was found, what is allowed, what to do
 */
public record JsonProblem(String pointer, String message) {

  /** The pointer of a field or list entry under another pointer. */
  public static String child(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The pointer and the message in one line; the document itself is called so. */
  @Override
  public String toString() {
    return (pointer.isEmpty() ? "document" : pointer) + ": " + message;
  }
}
