package evidence.alloy;

import edu.mit.csail.sdg.alloy4.Pair;
import edu.mit.csail.sdg.ast.Assert;
import edu.mit.csail.sdg.ast.Clause;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprList;
import edu.mit.csail.sdg.ast.ExprQt;
import edu.mit.csail.sdg.ast.Func;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts together the formulas that a question asks about. Alloy solves a command as the conjunction of all facts with the
 * negated assertion of a check, or with the body of what is run; the parts are taken from the declarations again here.
 */
final class Formulas {
  private Formulas() {}

  /** The formula of a check's assertion, null when it is none that was declared. */
  static Expr assertion(Command command) {
    Clause declared = declared(command);
    return declared instanceof Assert ? ((Assert) declared).expr : null;
  }

  /** What is checked or run, as it is solved besides the facts. Null when that cannot be told. */
  static Expr target(Command command) {
    Clause declared = declared(command);
    if (command.check) return declared instanceof Assert ? ((Assert) declared).expr.not() : null;
    if (!(declared instanceof Func)) return null;
    Func function = (Func) declared;
    Expr body = function.isPred ? function.getBody() : function.getBody().in(function.returnDecl);
    return function.decls.isEmpty() ? body : ExprQt.Op.SOME.make(null, null, function.decls, body);
  }

  /** All facts of all modules besides those of signatures, without some. */
  static Expr facts(CompModule world, Set<Expr> without) {
    List<Expr> kept = new ArrayList<>();
    for (CompModule module : world.getAllReachableModules()) {
      for (Pair<String, Expr> fact : module.getAllFacts()) if (!without.contains(fact.b)) kept.add(fact.b);
    }
    return kept.isEmpty() ? ExprConstant.TRUE : ExprList.make(null, null, ExprList.Op.AND, kept);
  }

  /**
   * The command about another formula. A scope of steps is an error where nothing is temporal, so a formula that has lost
   * what made the command temporal is given something else.
   */
  static Command about(Command command, Expr formula, Model model) {
    Command changed = command.change(formula);
    boolean was = CompUtil.isTemporalModel(model.world.getAllReachableSigs(), command);
    if (!was || CompUtil.isTemporalModel(model.world.getAllReachableSigs(), changed)) return changed;
    return command.change(formula.and(ExprConstant.TRUE.always()));
  }

  private static Clause declared(Command command) {
    return command.nameExpr == null ? null : command.nameExpr.referenced();
  }
}
