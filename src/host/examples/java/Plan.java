import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;

record Expectation(String kind, int line, int offset, String expected) {}

record Example(int index, String code, List<Expectation> expectations) {}

/** A piece of code that JShell runs as one, with the indices of the expectations behind it. */
record Piece(String source, int start, List<Integer> expectations) {}

/** Which pieces the code falls into, which expectation is about which piece, and what cannot be related. */
final class Plan {
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[\\p{L}_$][\\w$]*+");
  private static final Set<String> CONSTANT = Set.of(
      "true", "false", "null", "new", "int", "long", "short", "byte", "char", "float", "double", "boolean", "String");

  final Example example;
  final List<Piece> pieces = new ArrayList<>();
  private final SourceCodeAnalysis analysis;
  private final List<Integer> planned = new ArrayList<>();
  private final List<String> hollow = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  Plan(Example example, SourceCodeAnalysis analysis) {
    this.example = example;
    this.analysis = analysis;
    split();
  }

  /** Index among those that are looked at. */
  Expectation expectation(int index) {
    return example.expectations().get(planned.get(index));
  }

  boolean isReadable() {
    return problems.stream().noneMatch(problem -> problem.contains("\"EX008\""));
  }

  /** The shortest piece that ends in front of an expectation comes first: a semicolon may be missing there. */
  private void split() {
    String code = example.code();
    List<Expectation> wanted = example.expectations();
    int at = 0;
    for (int next = 0; ; ) {
      at = skip(code, at);
      while (next < wanted.size() && wanted.get(next).offset() <= at) bind(wanted, next++, null);
      if (at >= code.length()) return;
      int reach = next;
      int end = -1;
      while (end < 0 && reach <= wanted.size()) {
        int limit = reach < wanted.size() ? wanted.get(reach).offset() : code.length();
        end = pieceEnd(code, at, limit, reach == wanted.size());
        reach += 1;
      }
      if (end < 0) {
        problem("EX008", at, "Unexpected code that does not end, expected Java", "does not end");
        return;
      }
      Piece piece = new Piece(code.substring(at, end).stripTrailing(), at, new ArrayList<>());
      pieces.add(piece);
      at = skip(code, end);
      while (next < wanted.size() && wanted.get(next).offset() < end) bind(wanted, next++, null);
      while (next < wanted.size() && wanted.get(next).offset() <= at) bind(wanted, next++, piece);
    }
  }

  /** Behind the first piece of what stands before `limit`; -1 where that is no whole piece. */
  private int pieceEnd(String code, int at, int limit, boolean last) {
    SourceCodeAnalysis.CompletionInfo info = analysis.analyzeCompletion(code.substring(at, limit));
    boolean whole = switch (info.completeness()) {
      case COMPLETE, COMPLETE_WITH_SEMI -> true;
      case CONSIDERED_INCOMPLETE, UNKNOWN -> last;
      default -> false;
    };
    if (!whole) return -1;
    int end = limit - (info.completeness() == Completeness.UNKNOWN ? 0 : info.remaining().length());
    return end > at ? end : limit;
  }

  private static int skip(String code, int from) {
    int at = from;
    while (at < code.length() && (Character.isWhitespace(code.charAt(at)) || code.charAt(at) == ';')) at += 1;
    return at;
  }

  private void bind(List<Expectation> wanted, int index, Piece owner) {
    Expectation expectation = wanted.get(index);
    String where = owner == null ? "inside a statement or before the first one"
        : canCarry(owner, expectation.kind()) ? null : "behind a statement without a value";
    if (where != null) {
      String message = "Unexpected expectation `" + expectation.expected() + "` " + where
          + ", expected it behind the end of an expression or variable declaration";
      problem("EX006", expectation.offset(), message, expectation.kind() + " " + expectation.expected());
      return;
    }
    owner.expectations().add(planned.size());
    planned.add(index);
    hollow.add(expectation.kind().equals("any") ? null : whyHollow(owner.source(), expectation));
  }

  private boolean canCarry(Piece owner, String kind) {
    if (kind.equals("any")) return true;
    Snippet.Kind found = analysis.sourceToSnippets(owner.source()).stream()
        .map(Snippet::kind).findFirst().orElse(Snippet.Kind.ERRONEOUS);
    return switch (found) {
      case IMPORT, TYPE_DECL, METHOD -> false;
      case STATEMENT -> kind.equals("throws");
      default -> true;
    };
  }

  private static String whyHollow(String source, Expectation expectation) {
    if (source.startsWith("throw ")) return "it throws what it says";
    int sign = source.indexOf('=');
    boolean isDeclared = source.matches("(?s)(?:final\\s+)?[\\p{L}_$][\\w$.<>\\[\\], ]*+\\s[\\w$]+\\s*=[^=].*");
    String value = (isDeclared ? source.substring(sign + 1) : source).replaceAll("[;\\s]+$", "");
    boolean named = NAME.matcher(LITERAL.matcher(value).replaceAll("0")).results()
        .anyMatch(name -> !CONSTANT.contains(name.group()));
    if (!named) return "it compares constants";
    return value.replaceAll("\\s+", "").equals(expectation.expected().replaceAll("\\s+", ""))
        ? "it compares an expression with itself" : null;
  }

  void problem(String code, int offset, String message, String subject) {
    problems.add("{\"code\":" + ExampleDriver.quote(code) + ",\"line\":" + lineOf(offset) + ",\"message\":" + ExampleDriver.quote(message)
        + ",\"subject\":" + ExampleDriver.quote(subject) + "}");
  }

  int lineOf(int offset) {
    return 1 + (int) example.code().substring(0, Math.min(offset, example.code().length())).chars().filter(c -> c == '\n').count();
  }

  String record() {
    List<String> expectations = new ArrayList<>();
    for (int index = 0; index < planned.size(); index += 1) {
      Expectation each = expectation(index);
      String reason = hollow.get(index);
      expectations.add("{\"kind\":" + ExampleDriver.quote(each.kind()) + ",\"expected\":" + ExampleDriver.quote(each.expected()) + ",\"line\":"
          + each.line() + ",\"cannotFail\":" + (reason == null ? "null" : ExampleDriver.quote(reason)) + "}");
    }
    return "\"say\":\"plan\",\"expectations\":[" + String.join(",", expectations) + "],\"problems\":["
        + String.join(",", problems) + "]";
  }
}
