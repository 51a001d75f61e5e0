import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** One JShell that runs code in this process and hands over values as they are, not as text. */
final class Session implements AutoCloseable {
  /** What the jshell command imports by default. */
  private static final String[] IMPORTS = {
    "java.io.*", "java.math.*", "java.net.*", "java.nio.file.*", "java.util.*", "java.util.concurrent.*",
    "java.util.function.*", "java.util.prefs.*", "java.util.regex.*", "java.util.stream.*",
  };

  final JShell shell;
  private final Control control = new Control();

  /** What one piece of code came to: exactly one of error and trouble, or neither. */
  record Outcome(Snippet snippet, Object value, Throwable error, String trouble, int troubleAt, String missing) {}

  private Session() {
    shell = JShell.builder().executionEngine(new Provider(control), Map.of()).build();
    String path = System.getProperty("java.class.path");
    if (!path.isEmpty()) shell.addToClasspath(path);
    for (String name : IMPORTS) shell.eval("import " + name + ";");
  }

  static Session open() {
    return new Session();
  }

  Outcome run(String source) {
    control.value = null;
    control.error = null;
    SnippetEvent main = null;
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() == null && main == null) main = event;
    }
    if (main == null) return new Outcome(null, null, null, "nothing to run", 0, null);
    Snippet snippet = main.snippet();
    switch (main.status()) {
      case REJECTED, RECOVERABLE_NOT_DEFINED, NONEXISTENT -> {
        return rejected(snippet);
      }
      default -> { }
    }
    Throwable error = control.error;
    if (main.exception() instanceof UnresolvedReferenceException unresolved) error = unresolved;
    return new Outcome(snippet, control.value, error, null, 0, null);
  }

  private Outcome rejected(Snippet snippet) {
    Diag diagnostic = shell.diagnostics(snippet).filter(Diag::isError).findFirst().orElse(null);
    String trouble = diagnostic == null ? unresolved(snippet) : Values.oneLine(diagnostic.getMessage(null));
    int at = diagnostic == null ? 0 : (int) Math.max(0, diagnostic.getPosition());
    boolean isImport = snippet.kind() == Snippet.Kind.IMPORT && diagnostic != null
        && (diagnostic.getCode().contains("doesnt.exist") || diagnostic.getCode().contains("cant.resolve"));
    String named = snippet.source().replaceAll("^\\s*import\\s+(?:static\\s+)?|[;\\s]+$", "");
    return new Outcome(snippet, null, null, trouble, at, isImport ? named : null);
  }

  private String unresolved(Snippet snippet) {
    if (!(snippet instanceof jdk.jshell.DeclarationSnippet declared)) return "not valid Java";
    List<String> names = shell.unresolvedDependencies(declared).toList();
    return "cannot find " + (names.isEmpty() ? "a symbol" : String.join(", ", names));
  }

  /** What a declaration of this session still wants and never got; null when there is none. */
  Outcome leftOpen() {
    return shell.snippets()
        .filter(snippet -> switch (shell.status(snippet)) {
          case RECOVERABLE_DEFINED, RECOVERABLE_NOT_DEFINED -> true;
          default -> false;
        })
        .findFirst().map(this::rejected).orElse(null);
  }

  /** Of the declaration, as it is written: `List<String>`. */
  static String typeOf(Snippet snippet) {
    if (snippet instanceof VarSnippet variable) return variable.typeName();
    if (snippet instanceof jdk.jshell.ExpressionSnippet expression) return expression.typeName();
    return "";
  }

  @Override
  public void close() {
    shell.close();
  }

  private static final class Control extends DirectExecutionControl {
    Object value;
    Throwable error;

    @Override
    protected String invoke(Method method) throws Exception {
      try {
        value = method.invoke(null);
      } catch (InvocationTargetException thrown) {
        error = thrown.getCause();
        throw thrown;
      }
      return "";
    }
  }

  private record Provider(Control control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "examples";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
