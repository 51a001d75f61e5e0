import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs the Java examples of one specification, each in a JShell of its own within this process. What to run comes on
 * standard input, one word a line with its arguments behind it; what is seen goes to descriptor 3 as one JSON text a line,
 * each behind a nonce that the examples are not told (evidence/examples/record.ts).
 */
public class ExampleDriver {
  /** Of one example. */
  static final int MOST_OUTPUT = 16_384;

  private static OutputStream channel;
  private static String nonce;
  private static int left;

  public static void main(String[] arguments) throws Exception {
    String[] lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
    nonce = lines[0];
    channel = descriptor(3);
    PrintStream captured = new PrintStream(new Printed(), true, StandardCharsets.UTF_8);
    System.setOut(captured);
    System.setErr(captured);
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> tellError(error, null));
    Session session = Session.open();
    say("\"say\":\"ready\",\"version\":" + quote(System.getProperty("java.version")));
    for (Example example : read(lines)) {
      if (session == null) session = Session.open();
      boolean clean = run(example, session);
      session.close();
      session = null;
      if (!clean) return;
    }
  }

  private static List<Example> read(String[] lines) {
    List<Example> examples = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("example")) {
        examples.add(new Example(Integer.parseInt(words[1]), decode(words[2]), new ArrayList<>()));
      } else if (words[0].equals("expect")) {
        examples.get(examples.size() - 1).expectations().add(
            new Expectation(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]), decode(words[4])));
      }
    }
    return examples;
  }

  private static String decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  /** Java opens no descriptor by its number, and the channel is a socket that has no path. */
  private static OutputStream descriptor(int number) throws ReflectiveOperationException {
    FileDescriptor made = new FileDescriptor();
    Field field = FileDescriptor.class.getDeclaredField("fd");
    field.setAccessible(true);
    field.setInt(made, number);
    return new FileOutputStream(made);
  }

  /** False when the example left threads behind: the next one wants a new process. */
  private static boolean run(Example example, Session session) {
    left = MOST_OUTPUT;
    Set<Thread> before = liveThreads();
    say("\"say\":\"begin\",\"example\":" + example.index());
    Plan plan = new Plan(example, session.shell.sourceCodeAnalysis());
    say(plan.record());
    String how = plan.isReadable() ? new Run(session, plan).all() : "blocked";
    say(plan.record());
    boolean dirty = !before.containsAll(liveThreads());
    say("\"say\":\"end\",\"how\":" + quote(how) + ",\"dirty\":" + dirty);
    return !dirty;
  }

  private static Set<Thread> liveThreads() {
    Set<Thread> live = new HashSet<>(Thread.getAllStackTraces().keySet());
    live.removeIf(thread -> thread.isDaemon() || !thread.isAlive());
    return live;
  }

  static void tellError(Throwable error, String missing) {
    say("\"say\":\"threw\",\"name\":" + quote(error.getClass().getSimpleName()) + ",\"message\":"
        + quote(Values.oneLine(String.valueOf(error.getMessage()))) + ",\"line\":null,\"missing\":"
        + (missing == null ? "null" : quote(missing)) + ",\"unhandled\":false");
  }

  static synchronized void say(String members) {
    try {
      channel.write((nonce + " {" + members + "}\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      Runtime.getRuntime().halt(1);
    }
  }

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char sign : text.toCharArray()) {
      if (sign == '"' || sign == '\\') quoted.append('\\').append(sign);
      else if (sign < ' ' || Character.isSurrogate(sign)) quoted.append(String.format("\\u%04x", (int) sign));
      else quoted.append(sign);
    }
    return quoted.append('"').toString();
  }

  /** Takes what the examples print. */
  private static final class Printed extends ByteArrayOutputStream {
    @Override
    public synchronized void flush() {
      String text = toString(StandardCharsets.UTF_8);
      reset();
      String kept = text.substring(0, Math.min(text.length(), left));
      left -= kept.length();
      if (!kept.isEmpty()) say("\"say\":\"printed\",\"text\":" + quote(kept));
    }
  }
}
