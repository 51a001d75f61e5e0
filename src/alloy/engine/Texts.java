package evidence.alloy;

import edu.mit.csail.sdg.alloy4.Pos;
import edu.mit.csail.sdg.alloy4.Util;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The texts of a module under names that Alloy's parser can work with, and the way back from its positions.
 *
 * The parser reads from disk what it is not given, takes everything after the first dot of a path for its extension, and
 * reads markdown its own way. So the names lie in a folder that does not exist, have one dot, and end in ".als".
 */
final class Texts {
  /** Nothing on any disk has this name, so that nothing is read that was not given. */
  private static final String FOLDER = "/spec-evidence-" + UUID.randomUUID() + "/";

  /** How far below its known end the rest of a call is looked for. */
  private static final int LINES_TO_CLOSE = 20;

  private final Map<String, String> textByName = new LinkedHashMap<>();
  private final Map<String, String> pathByName = new LinkedHashMap<>();
  private final Map<String, String[]> linesByPath = new HashMap<>();
  final String rootName;

  Texts(String root, Map<String, String> files) {
    files.forEach(
        (path, text) -> {
          String name = nameOf(path);
          textByName.put(name, notMarkdown(text));
          pathByName.put(name, path);
          linesByPath.put(path, text.split("\n", -1));
        });
    rootName = nameOf(root);
    if (!textByName.containsKey(rootName)) throw new IllegalArgumentException("No text of the root " + root);
  }

  /** A copy, because the parser puts into it what it loads. */
  Map<String, String> forParser() {
    return new LinkedHashMap<>(textByName);
  }

  /** Whether a position lies in a given text, and not in Alloy's library or nowhere. */
  boolean holds(Pos pos) {
    return pos != null && pathByName.containsKey(pos.filename) && pos.y > 0;
  }

  /** Position of a file among those given; the root comes first. */
  int order(Pos pos) {
    if (pos.filename.equals(rootName)) return -1;
    int order = 0;
    for (String name : pathByName.keySet()) {
      if (name.equals(pos.filename)) return order;
      order++;
    }
    return order;
  }

  /** A span for the host: columns from 1, end exclusive. Null for what lies in no given text. */
  Map<String, Object> place(Pos pos) {
    if (!holds(pos)) return null;
    return Json.object(
        "file", pathByName.get(pos.filename), "line", pos.y, "column", pos.x, "endLine", pos.y2, "endColumn", pos.x2 + 1);
  }

  /** What stands at a position, on one line. */
  String at(Pos pos) {
    if (!holds(pos)) return "";
    String[] lines = linesByPath.get(pathByName.get(pos.filename));
    StringBuilder out = new StringBuilder();
    for (int y = pos.y; y <= Math.min(pos.y2, lines.length); y++) {
      String line = lines[y - 1];
      int from = y == pos.y ? Math.min(pos.x - 1, line.length()) : 0;
      int to = y == pos.y2 ? Math.min(pos.x2, line.length()) : line.length();
      out.append(line, Math.min(from, to), to).append('\n');
    }
    return out.toString().replaceAll("\\s+", " ").trim();
  }

  /** A position with the brackets closed that it opens: Alloy leaves the last one of a call out. */
  Pos closed(Pos pos) {
    String[] lines = linesByPath.get(pathByName.get(pos.filename));
    int depth = 0;
    for (int y = pos.y; y <= Math.min(lines.length, pos.y2 + LINES_TO_CLOSE); y++) {
      String line = lines[y - 1];
      for (int x = y == pos.y ? pos.x : 1; x <= line.length(); x++) {
        boolean isInside = y < pos.y2 || (y == pos.y2 && x <= pos.x2);
        if (!isInside && depth <= 0) return pos;
        char c = line.charAt(x - 1);
        if (c == '[' || c == '(' || c == '{') depth++;
        if (c == ']' || c == ')' || c == '}') depth--;
        if (!isInside && depth == 0) return new Pos(pos.filename, pos.x, pos.y, x, y);
      }
    }
    return pos;
  }

  /** A message of Alloy's on one line, with the paths of the host in it. */
  String message(String message) {
    String said = message == null ? "" : message;
    for (Map.Entry<String, String> entry : pathByName.entrySet()) said = said.replace(entry.getKey(), entry.getValue());
    return said.replace(FOLDER, "").replaceAll("\\s+", " ").trim();
  }

  private static String nameOf(String path) {
    String stem = path.endsWith(".als") ? path.substring(0, path.length() - 4) : path;
    String plain = stem.replace("%", "%25").replace(".", "%2E").replace("\\", "%5C");
    return Util.canon(FOLDER + plain + ".als");
  }

  /** A first line "---" is a comment in Alloy, but makes the parser look for fences. */
  private static String notMarkdown(String text) {
    return text.startsWith("---") ? "-- " + text.substring(3) : text;
  }
}
