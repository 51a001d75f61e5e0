package evidence.alloy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) as the protocol needs it: objects are maps in order, arrays lists, numbers longs. Reading is strict and
 * throws IllegalArgumentException; writing gives one line of ASCII.
 */
final class Json {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  static Object read(String text) {
    Json reader = new Json(text);
    Object value = reader.value();
    reader.space();
    if (reader.at < text.length()) throw reader.unexpected("the end");
    return value;
  }

  static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  /** An object of the keys and values that alternate. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) object.put((String) pairs[i], pairs[i + 1]);
    return object;
  }

  private Object value() {
    space();
    switch (at < text.length() ? text.charAt(at) : '\0') {
      case '{':
        return members();
      case '[':
        return elements();
      case '"':
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Map<String, Object> members() {
    Map<String, Object> object = new LinkedHashMap<>();
    open();
    if (closes('}')) return object;
    do {
      space();
      String key = string();
      space();
      expect(':');
      object.put(key, value());
    } while (continues('}'));
    return object;
  }

  private List<Object> elements() {
    List<Object> array = new ArrayList<>();
    open();
    if (closes(']')) return array;
    do array.add(value());
    while (continues(']'));
    return array;
  }

  private void open() {
    at++;
    if (++depth > DEEPEST) throw unexpected("less nesting");
  }

  private boolean closes(char close) {
    space();
    if (at >= text.length() || text.charAt(at) != close) return false;
    at++;
    depth--;
    return true;
  }

  private boolean continues(char close) {
    if (closes(close)) return false;
    expect(',');
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') return out.toString();
      if (c < ' ') throw unexpected("an escaped control character");
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) return "\"\\/\b\f\n\r\t".charAt(plain);
    if (c != 'u' || at + 4 > text.length()) throw unexpected("an escape");
    int code = Integer.parseInt(text.substring(at, at + 4), 16);
    at += 4;
    return (char) code;
  }

  private Long number() {
    int start = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) at++;
    if (start == at) throw unexpected("a value");
    return Long.valueOf(text.substring(start, at));
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) throw unexpected(word);
    at += word.length();
    return value;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private void expect(char c) {
    if (next() != c) throw unexpected("'" + c + "'");
  }

  private char next() {
    if (at >= text.length()) throw unexpected("more");
    return text.charAt(at++);
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException("Unexpected JSON at " + at + ", expected " + expected);
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map) {
      out.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        out.append(separator);
        quote((String) entry.getKey(), out);
        out.append(':');
        write(entry.getValue(), out);
        separator = ",";
      }
      out.append('}');
    } else if (value instanceof Iterable) {
      out.append('[');
      String separator = "";
      for (Object element : (Iterable<?>) value) {
        out.append(separator);
        write(element, out);
        separator = ",";
      }
      out.append(']');
    } else if (value instanceof String) {
      quote((String) value, out);
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c >= ' ' && c < 127) out.append(c);
      else out.append(String.format("\\u%04x", (int) c));
    }
    out.append('"');
  }
}
