import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;

/** One run of one example: its pieces in order, and what its expectations say to what they give. */
final class Run {
  private final Session session;
  private final Plan plan;
  private final Set<String> told = new HashSet<>();

  Run(Session session, Plan plan) {
    this.session = session;
    this.plan = plan;
  }

  /** How it ended: finished, threw, or blocked where a piece is no Java. */
  String all() {
    for (Piece piece : plan.pieces) {
      ExampleDriver.say("\"say\":\"at\",\"line\":" + plan.lineOf(piece.start()));
      Session.Outcome outcome = session.run(piece.source());
      if (outcome.missing() != null) {
        ExampleDriver.tellError(new ClassNotFoundException(outcome.trouble()), outcome.missing());
        return "threw";
      }
      if (outcome.trouble() != null) return reject(outcome, piece.start() + outcome.troubleAt());
      if (outcome.error() != null && !expectsError(piece)) {
        ExampleDriver.tellError(outcome.error(), null);
        return "threw";
      }
      for (int index : piece.expectations()) look(index, outcome);
    }
    Session.Outcome open = session.leftOpen();
    if (open == null) return "finished";
    int at = plan.pieces.stream().filter(piece -> piece.source().equals(open.snippet().source().stripTrailing()))
        .mapToInt(Piece::start).findFirst().orElse(0);
    return reject(open, at + open.troubleAt());
  }

  private String reject(Session.Outcome outcome, int offset) {
    plan.problem("EX008", offset, "Unexpected code: " + outcome.trouble() + "; expected Java", outcome.trouble());
    return "blocked";
  }

  private boolean expectsError(Piece piece) {
    return piece.expectations().stream().anyMatch(index -> plan.expectation(index).kind().equals("throws"));
  }

  private void look(int index, Session.Outcome outcome) {
    Expectation expectation = plan.expectation(index);
    switch (expectation.kind()) {
      case "any" -> tell(index, "met", "");
      case "throws" -> throwing(index, expectation.expected(), outcome);
      case "type" -> type(index, expectation.expected(), outcome);
      default -> value(index, expectation.expected(), outcome);
    }
  }

  private void throwing(int index, String words, Session.Outcome outcome) {
    Throwable error = outcome.error();
    if (error == null) {
      tell(index, "unmet", "no error but " + shown(outcome));
      return;
    }
    int sign = words.indexOf(words.contains(":") ? ':' : ' ');
    String name = (sign < 0 ? words : words.substring(0, sign)).strip();
    String message = sign < 0 ? "" : words.substring(sign + 1).strip();
    boolean isQuoted = message.length() > 1 && message.startsWith("\"") && message.endsWith("\"");
    // The quotes may be the message's own.
    String unquoted = isQuoted ? message.substring(1, message.length() - 1) : message;
    boolean fits = name.isEmpty();
    for (Class<?> each = error.getClass(); each != Object.class; each = each.getSuperclass()) {
      fits |= each.getSimpleName().equals(name) || name.equals(each.getCanonicalName());
    }
    boolean says = message.isEmpty() || message.equals(error.getMessage()) || unquoted.equals(error.getMessage());
    tell(index, fits && says ? "met" : "unmet",
        Values.oneLine(error.getClass().getSimpleName() + ": " + error.getMessage()));
  }

  private void type(int index, String wanted, Session.Outcome outcome) {
    if (!hasValue(outcome) || outcome.error() != null) {
      tell(index, "unmet", shown(outcome));
      return;
    }
    Object value = outcome.value();
    String declared = Session.typeOf(outcome.snippet());
    Set<String> names = new HashSet<>(List.of(declared, declared.replaceAll("<.*", "")));
    if (value == null) names = Set.of("null");
    else names.addAll(List.of(value.getClass().getSimpleName(), value.getClass().getName()));
    String actual = value == null ? "null" : declared.isEmpty() ? value.getClass().getSimpleName() : declared;
    tell(index, names.contains(wanted.strip()) && !wanted.isBlank() ? "met" : "unmet", actual);
  }

  private void value(int index, String words, Session.Outcome outcome) {
    if (!hasValue(outcome) || outcome.error() != null) {
      tell(index, "unmet", shown(outcome));
      return;
    }
    Object value = outcome.value();
    boolean isText = value instanceof String && !words.isEmpty();
    Session.Outcome expected = isExpression(words) ? session.run(words) : null;
    if (expected == null || expected.trouble() != null) {
      if (isText) tell(index, words.equals(value) ? "met" : "unmet", Values.shown(value));
      else if (expected == null) tell(index, "notAnExpression", Values.shown(value));
      else tell(index, "broken", expected.trouble());
      return;
    }
    if (expected.error() != null) {
      tell(index, "broken", Values.oneLine(String.valueOf(expected.error())));
      return;
    }
    Object wanted = Values.widened(expected.value(), Session.typeOf(outcome.snippet()));
    Values values = new Values();
    if (values.same(value, wanted, 0)) {
      if (values.hidden == null) tell(index, "met", "");
      else tell(index, "hidden", values.hidden);
      return;
    }
    boolean alike = Values.shown(value).equals(Values.shown(wanted));
    tell(index, "unmet", Values.shown(value) + (alike ? ", of another type" : ""));
  }

  private boolean isExpression(String words) {
    if (words.isEmpty()) return false;
    List<Snippet> snippets = session.shell.sourceCodeAnalysis().sourceToSnippets(words);
    if (snippets.size() != 1) return false;
    return switch (snippets.get(0).subKind()) {
      case TEMP_VAR_EXPRESSION_SUBKIND, OTHER_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND -> true;
      default -> false;
    };
  }

  private static boolean hasValue(Session.Outcome outcome) {
    return switch (outcome.snippet().kind()) {
      case EXPRESSION, VAR -> true;
      default -> false;
    };
  }

  private static String shown(Session.Outcome outcome) {
    if (outcome.error() != null) return Values.oneLine(String.valueOf(outcome.error()));
    return hasValue(outcome) ? Values.shown(outcome.value()) : "no value";
  }

  private void tell(int index, String result, String actual) {
    if (!told.add(index + " " + result.equals("met"))) return;
    ExampleDriver.say("\"say\":\"seen\",\"expectation\":" + index + ",\"result\":\"" + result + "\",\"actual\":"
        + ExampleDriver.quote(actual));
  }
}
