import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whole-value comparison: an array by its elements, a list, map or record by its members, all else by its own `equals`. */
final class Values {
  private static final int DEEPEST = 200;
  private static final int LONGEST = 300;

  /** What tells one object from another of its class, and is another one in each run. */
  private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{5,8}\\b");

  /** The class of an equal-looking part that says of itself no more than that it is itself. */
  String hidden = null;

  boolean same(Object a, Object b, int depth) {
    if (a == b) return true;
    if (a == null || b == null || depth > DEEPEST) return false;
    if (a instanceof List<?> list && b instanceof List<?> other) return sameLists(list, other, depth);
    if (a instanceof Map<?, ?> map && b instanceof Map<?, ?> other) return sameMaps(map, other, depth);
    // Sets are compared by what they hold, whatever class they are of, as their contract says.
    if (a instanceof java.util.Set<?> && b instanceof java.util.Set<?>) return a.equals(b);
    if (a.getClass() != b.getClass()) return false;
    if (a.getClass().isArray()) return sameArrays(a, b, depth);
    if (a instanceof Optional<?> one && b instanceof Optional<?> other) {
      return same(one.orElse(null), other.orElse(null), depth + 1);
    }
    if (a instanceof Record) return sameRecords(a, b, depth);
    if (!hasEquality(a.getClass())) {
      hidden = a.getClass().getSimpleName();
      return true;
    }
    return a.equals(b);
  }

  private boolean sameLists(List<?> a, List<?> b, int depth) {
    if (a.size() != b.size()) return false;
    Iterator<?> others = b.iterator();
    for (Object each : a) if (!same(each, others.next(), depth + 1)) return false;
    return true;
  }

  private boolean sameMaps(Map<?, ?> a, Map<?, ?> b, int depth) {
    if (a.size() != b.size()) return false;
    for (Map.Entry<?, ?> each : a.entrySet()) {
      if (!b.containsKey(each.getKey()) || !same(each.getValue(), b.get(each.getKey()), depth + 1)) return false;
    }
    return true;
  }

  private boolean sameArrays(Object a, Object b, int depth) {
    if (Array.getLength(a) != Array.getLength(b)) return false;
    for (int index = 0; index < Array.getLength(a); index += 1) {
      if (!same(Array.get(a, index), Array.get(b, index), depth + 1)) return false;
    }
    return true;
  }

  private boolean sameRecords(Object a, Object b, int depth) {
    try {
      for (RecordComponent component : a.getClass().getRecordComponents()) {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        if (!same(accessor.invoke(a), accessor.invoke(b), depth + 1)) return false;
      }
      return true;
    } catch (ReflectiveOperationException | RuntimeException unreadable) {
      return a.equals(b);
    }
  }

  private static boolean hasEquality(Class<?> type) {
    try {
      return type.isEnum() || type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException impossible) {
      return false;
    }
  }

  /** A number literal means what it would mean when assigned to a variable of that primitive type. */
  static Object widened(Object expected, String type) {
    if (!(expected instanceof Number number)) return expected;
    boolean whole = number instanceof Integer || number instanceof Long;
    return switch (type) {
      case "long" -> number instanceof Integer ? (Object) number.longValue() : number;
      case "double" -> whole || number instanceof Float ? (Object) number.doubleValue() : number;
      case "float" -> whole ? (Object) number.floatValue() : number;
      case "short" -> number instanceof Integer && number.shortValue() == number.intValue() ? (Object) number.shortValue() : number;
      case "byte" -> number instanceof Integer && number.byteValue() == number.intValue() ? (Object) number.byteValue() : number;
      default -> expected;
    };
  }

  static String shown(Object value) {
    try {
      if (value instanceof String text) return oneLine("\"" + text + "\"");
      if (value instanceof Character sign) return "'" + sign + "'";
      String elements = Arrays.deepToString(new Object[] {value});
      return oneLine(IDENTITY.matcher(elements.substring(1, elements.length() - 1)).replaceAll(""));
    } catch (RuntimeException | StackOverflowError failed) {
      return "a value that cannot be shown";
    }
  }

  static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "\u2026" : line;
  }
}
