package evidence.alloy;

import edu.mit.csail.sdg.alloy4.Err;
import edu.mit.csail.sdg.alloy4.Version;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads and solves Alloy modules for the process that started this one: a line of JSON on standard input is a request,
 * a line on standard output its answer. Ends with its input, whatever it is at: a solver cannot be interrupted, and nobody
 * waits for its answer any more.
 */
public final class Engine {
  /** Formulas nest as deep as a person or a generator writes them, and Alloy follows them by recursion. */
  private static final long STACK_BYTES = 512L * 1024 * 1024;

  private final Map<String, Texts> texts = new HashMap<>();
  /** Parsed models; null for those not parsed yet. */
  private final Map<String, Model> models = new HashMap<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final PrintStream answers;
  private volatile boolean busy;

  private Engine(PrintStream answers) {
    this.answers = answers;
  }

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
    // What Alloy's libraries print must not get between the answers.
    System.setOut(System.err);
    Engine engine = new Engine(answers);
    Thread solver = new Thread(null, engine::serve, "solver", STACK_BYTES);
    solver.setDaemon(true);
    solver.start();
    MemoryGuard.start(() -> engine.busy);
    FileInputStream input = new FileInputStream(FileDescriptor.in);
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    engine.say(Json.object("ready", true, "java", System.getProperty("java.version"), "alloy", Version.version()));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) engine.requests.add(line);
    if (engine.busy) Runtime.getRuntime().halt(0);
    // Not halted, so that the virtual machine can write the class archive it was asked for.
    System.exit(0);
  }

  private void serve() {
    while (true) {
      try {
        String line = requests.take();
        busy = true;
        Map<?, ?> request = (Map<?, ?>) Json.read(line);
        Map<String, Object> result = answer(request);
        busy = false;
        say(Json.object("id", request.get("id"), "result", result));
      } catch (InterruptedException caught) {
        return;
      } catch (RuntimeException | Error caught) {
        caught.printStackTrace();
        Runtime.getRuntime().halt(70);
      }
    }
  }

  private Map<String, Object> answer(Map<?, ?> request) {
    for (Object digest : (List<?>) request.get("forget")) {
      texts.remove(digest);
      models.remove(digest);
    }
    String digest = (String) request.get("module");
    if (request.get("load") != null) texts.put(digest, load((Map<?, ?>) request.get("load")));
    Texts given = texts.get(digest);
    try {
      Model model = models.get(digest);
      if (model == null) models.put(digest, model = new Model(given));
      if (request.get("question") == null) return Json.object("status", "read", "outline", model.outline());
      return new Solving(model, (Map<?, ?>) request.get("options")).answer((Map<?, ?>) request.get("question"));
    } catch (Err caught) {
      return Json.object("status", "error", "message", given.message(caught.msg), "place", given.place(caught.pos));
    } catch (StackOverflowError caught) {
      return failed("The model is nested too deeply for the engine");
    } catch (LinkageError caught) {
      return failed("This Alloy does not fit the engine: " + caught.getMessage());
    } catch (RuntimeException caught) {
      caught.printStackTrace();
      return failed("Alloy failed with " + caught.getClass().getSimpleName() + ": " + given.message(caught.getMessage()));
    }
  }

  private static Map<String, Object> failed(String message) {
    return Json.object("status", "error", "message", message, "place", null);
  }

  private static Texts load(Map<?, ?> given) {
    Map<String, String> files = new LinkedHashMap<>();
    ((Map<?, ?>) given.get("files")).forEach((path, text) -> files.put((String) path, (String) text));
    return new Texts((String) given.get("root"), files);
  }

  private void say(Map<String, Object> message) {
    String line = Json.write(message) + "\n";
    synchronized (answers) {
      answers.print(line);
      answers.flush();
    }
  }
}
