package evidence.alloy;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.Err;
import edu.mit.csail.sdg.alloy4.ErrorSyntax;
import edu.mit.csail.sdg.alloy4.ErrorWarning;
import edu.mit.csail.sdg.alloy4.Pair;
import edu.mit.csail.sdg.alloy4.Pos;
import edu.mit.csail.sdg.alloy4.Util;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A module as Alloy has parsed and type-checked it, with its facts numbered. */
final class Model {
  /** A fact someone wrote; `of` is null for one that is no signature's. */
  static final class Fact {
    final String name;
    final Sig of;
    final Expr formula;

    Fact(String name, Sig of, Expr formula) {
      this.name = name;
      this.of = of;
      this.formula = formula;
    }
  }

  final Texts texts;
  final CompModule world;
  final List<Command> commands = new ArrayList<>();
  /** Those of the given texts, in the order in which they are numbered. */
  final List<Fact> facts = new ArrayList<>();
  private final List<ErrorWarning> warnings = new ArrayList<>();

  /** Throws Err when the texts are no Alloy model. */
  Model(Texts texts) {
    this.texts = texts;
    A4Reporter reporter =
        new A4Reporter() {
          @Override
          public void warning(ErrorWarning warning) {
            warnings.add(warning);
          }
        };
    world = parse(reporter);
    refuseOtherLibraries();
    // A root without any command is given one that nobody wrote.
    for (Command command : world.getAllCommands()) if (texts.holds(command.pos)) commands.add(command);
    collectFacts();
  }

  Map<String, Object> outline() {
    List<Object> shownCommands = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      Command command = commands.get(i);
      List<Object> antecedents = new ArrayList<>();
      for (Antecedents.Part part : antecedents(command)) {
        Pos whole = texts.closed(part.place);
        String text = part.negated ? "not (" + texts.at(whole) + ")" : texts.at(whole);
        antecedents.add(Json.object("text", text, "place", texts.place(whole)));
      }
      shownCommands.add(
          Json.object(
              "index", i,
              "kind", command.check ? "check" : "run",
              "label", command.label,
              "expect", command.expects < 0 ? null : (Integer) Math.min(command.expects, 1),
              "place", texts.place(command.pos),
              "antecedents", antecedents));
    }
    List<Object> shownFacts = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      Pos place = fact.formula.span();
      shownFacts.add(
          Json.object(
              "index", i,
              "name", fact.name,
              "of", fact.of == null ? null : nameOf(fact.of),
              "text", texts.at(place),
              "place", texts.place(place)));
    }
    List<Object> shownWarnings = new ArrayList<>();
    for (ErrorWarning warning : warnings) {
      Map<String, Object> place = texts.place(warning.pos);
      if (place != null) shownWarnings.add(Json.object("message", texts.message(warning.msg), "place", place));
    }
    return Json.object("commands", shownCommands, "facts", shownFacts, "warnings", shownWarnings);
  }

  /**
   * Antecedents of what a command checks; none for a run, nor where all come from libraries. One of a library beside
   * others has the place of the command: left out, it would seem that the others are all that is checked.
   */
  List<Antecedents.Part> antecedents(Command command) {
    if (!command.check) return new ArrayList<>();
    List<Antecedents.Part> parts = Antecedents.of(Formulas.assertion(command));
    if (parts.stream().noneMatch(part -> texts.holds(part.place))) return new ArrayList<>();
    parts.replaceAll(part -> texts.holds(part.place) ? part : part.at(command.pos));
    parts.sort(Comparator.comparing((Antecedents.Part part) -> texts.order(part.place)).thenComparing(p -> p.place, PLACES));
    return parts;
  }

  /** The model's own name of a signature: without "this/", with the alias of the module it was opened under. */
  static String nameOf(Sig sig) {
    return sig.label.startsWith("this/") ? sig.label.substring(5) : sig.label;
  }

  private static final Comparator<Pos> PLACES = Comparator.comparing((Pos pos) -> pos.y).thenComparing(pos -> pos.x);

  /** Alloy does not say where a module is opened whose text it cannot find. */
  private CompModule parse(A4Reporter reporter) {
    try {
      return CompUtil.parseEverything_fromFile(reporter, texts.forParser(), texts.rootName);
    } catch (Err caught) {
      if (texts.holds(caught.pos)) throw caught;
      for (Map.Entry<String, String> text : texts.forParser().entrySet()) {
        for (CompModule.Open open : opensOf(text.getValue())) {
          if (!caught.msg.contains("/" + open.filename + ".als")) continue;
          throw new ErrorSyntax(open.pos.withFilename(text.getKey()), notFound(open));
        }
      }
      throw caught;
    }
  }

  private static List<CompModule.Open> opensOf(String text) {
    try {
      return CompUtil.parseOneModule(text).getOpens();
    } catch (Err caught) {
      return new ArrayList<>();
    }
  }

  private static String notFound(CompModule.Open open) {
    return "The module \"" + open.filename + "\" cannot be found.";
  }

  /** The jar has whole example models too, which a module could open where the text of its own is missing. */
  private void refuseOtherLibraries() {
    String library = Util.jarPrefix() + "models/";
    for (CompModule module : world.getAllReachableModules()) {
      for (CompModule.Open open : module.getOpens()) {
        String file = open.getRealModule() == null ? "" : open.getRealModule().span().filename;
        if (file.startsWith(library) && !file.startsWith(library + "util/")) {
          throw new ErrorSyntax(open.pos, notFound(open));
        }
      }
    }
  }

  private void collectFacts() {
    for (CompModule module : world.getAllReachableModules()) {
      for (Pair<String, Expr> fact : module.getAllFacts()) {
        if (!texts.holds(fact.b.span())) continue;
        facts.add(new Fact(fact.a.startsWith("fact$") ? null : fact.a, null, fact.b));
      }
    }
    for (Sig sig : world.getAllReachableUserDefinedSigs()) {
      for (Expr fact : sig.getFacts()) if (texts.holds(fact.span())) facts.add(new Fact(null, sig, fact));
    }
    facts.sort(
        Comparator.comparing((Fact fact) -> texts.order(fact.formula.span()))
            .thenComparing(fact -> fact.formula.span(), PLACES));
  }
}
