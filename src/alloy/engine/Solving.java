package evidence.alloy;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.SafeList;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import kodkod.engine.satlab.SATFactory;

/** Answers the questions of the port about one model. */
final class Solving {
  private final Model model;
  private final Map<?, ?> options;

  Solving(Model model, Map<?, ?> options) {
    this.model = model;
    this.options = options;
  }

  /** Throws Err when Alloy finds a mistake in the model. */
  Map<String, Object> answer(Map<?, ?> question) {
    int index = number(question.get("command"));
    if (index < 0 || index >= model.commands.size()) return unknown("There is no command " + index);
    Command command = model.commands.get(index);
    switch ((String) question.get("ask")) {
      case "command":
        return solve(command);
      case "facts":
        return solve(about(command, Formulas.facts(model.world, nothing())));
      case "antecedent":
        return antecedent(command, number(question.get("antecedent")));
      case "without":
        return without(command, (List<?>) question.get("facts"));
      default:
        throw new IllegalArgumentException("Unexpected question " + question.get("ask"));
    }
  }

  private Map<String, Object> antecedent(Command command, int number) {
    List<Antecedents.Part> parts = model.antecedents(command);
    if (number < 0 || number >= parts.size()) return unknown("What is checked has no antecedent " + number);
    Expr facts = Formulas.facts(model.world, nothing());
    return solve(about(command, facts.and(parts.get(number).formula)));
  }

  private Map<String, Object> without(Command command, List<?> numbers) {
    Expr target = Formulas.target(command);
    if (target == null) return unknown("What the command is about cannot be told from its facts");
    Set<Expr> left = nothing();
    for (Object each : numbers) {
      int number = number(each);
      if (number < 0 || number >= model.facts.size()) return unknown("There is no fact " + number);
      left.add(model.facts.get(number).formula);
    }
    Command changed = about(command, Formulas.facts(model.world, left).and(target));
    Map<Sig, SafeList<Expr>> before = leaveOut(left);
    try {
      return solve(changed);
    } finally {
      before.forEach(Solving::setFacts);
    }
  }

  private Command about(Command command, Expr formula) {
    return Formulas.about(command, formula, model);
  }

  private Map<String, Object> solve(Command command) {
    String wanted = (String) options.get("solver");
    SATFactory solver = solverOf(wanted);
    if (solver == null) return unknown("The solver " + wanted + " is not there");
    if (command.maxprefix == Integer.MAX_VALUE && !solver.unbounded()) {
      return unknown("An unbounded number of steps needs a model checker, which the solver " + wanted + " is not");
    }
    A4Options how = new A4Options();
    how.solver = solver;
    how.noOverflow = (Boolean) options.get("noOverflow");
    how.skolemDepth = number(options.get("skolemDepth"));
    how.symmetry = number(options.get("symmetry"));
    Measures measures = new Measures();
    A4Solution solution =
        TranslateAlloyToKodkod.execute_command(measures, model.world.getAllReachableSigs(), command, how);
    Map<String, Object> facts = measures.facts(solution, wanted);
    if (!solution.satisfiable()) return Json.object("status", "unsatisfiable", "facts", facts);
    return Json.object("status", "satisfiable", "instance", Instances.of(solution), "facts", facts);
  }

  /** Looking a solver up makes Alloy unpack the native ones, so the one in Java, its default, is not looked up. */
  private static SATFactory solverOf(String name) {
    if (name.equals(SATFactory.DEFAULT.id())) return SATFactory.DEFAULT;
    Optional<SATFactory> found = SATFactory.find(name);
    return found.isPresent() && found.get().isPresent() ? found.get() : null;
  }

  private static Map<String, Object> unknown(String reason) {
    return Json.object("status", "unknown", "reason", reason);
  }

  private static int number(Object value) {
    return ((Long) value).intValue();
  }

  private static Set<Expr> nothing() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Takes facts from their signatures, which Alloy adds to every command; gives what each had before. */
  private Map<Sig, SafeList<Expr>> leaveOut(Set<Expr> left) {
    Map<Sig, SafeList<Expr>> before = new IdentityHashMap<>();
    for (Sig sig : model.world.getAllReachableUserDefinedSigs()) {
      List<Expr> kept = new ArrayList<>();
      for (Expr fact : sig.getFacts()) if (!left.contains(fact)) kept.add(fact);
      if (kept.size() == sig.getFacts().size()) continue;
      before.put(sig, sig.getFacts());
      setFacts(sig, new SafeList<>(kept));
    }
    return before;
  }

  /** Alloy can only add facts to a signature. */
  private static void setFacts(Sig sig, SafeList<Expr> facts) {
    try {
      Field field = Sig.class.getDeclaredField("facts");
      field.setAccessible(true);
      field.set(sig, facts);
    } catch (ReflectiveOperationException caught) {
      throw new IllegalStateException("This Alloy keeps the facts of a signature elsewhere", caught);
    }
  }

  /** Listens for what a solution does not tell itself. */
  private static final class Measures extends A4Reporter {
    private final Map<String, Object> scope = new TreeMap<>();
    private long variables;
    private long clauses;

    @Override
    public void actualScopes(Iterable<Sig> sigs, Map<Sig.PrimSig, Integer> scopes, Set<Sig> exact) {
      for (Sig sig : sigs) {
        Integer most = sig.builtin || sig.isMeta != null ? null : scopes.get(sig);
        if (most != null) scope.put(Model.nameOf(sig), exact.contains(sig) ? "exactly " + most : (Object) most);
      }
    }

    @Override
    public void solve(int steps, int primary, int all, int clauses) {
      this.variables = all;
      this.clauses = clauses;
    }

    Map<String, Object> facts(A4Solution solution, String solver) {
      scope.put("int", solution.getBitwidth());
      scope.put("seq", solution.getMaxSeq());
      if (solution.getMaxTrace() > 0) scope.put("steps", solution.getMinTrace() + ".." + solution.getMaxTrace());
      return Json.object("variables", variables, "clauses", clauses, "scope", scope, "solver", solver);
    }
  }
}
