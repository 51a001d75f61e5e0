package evidence.alloy;

import edu.mit.csail.sdg.alloy4.Pos;
import edu.mit.csail.sdg.ast.Decl;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprBinary;
import edu.mit.csail.sdg.ast.ExprCall;
import edu.mit.csail.sdg.ast.ExprConstant;
import edu.mit.csail.sdg.ast.ExprITE;
import edu.mit.csail.sdg.ast.ExprLet;
import edu.mit.csail.sdg.ast.ExprList;
import edu.mit.csail.sdg.ast.ExprQt;
import edu.mit.csail.sdg.ast.ExprUnary;
import edu.mit.csail.sdg.ast.Func;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The conditions under which an assertion says anything.
 *
 * Each is a formula that some instance has to satisfy for a part of the assertion to be put to the test at all. With
 * parts(f) for the conditions of a formula f:
 *
 *     parts(A implies B)         A, or A and p for each p in parts(B)
 *     parts(A implies B else C)  parts(A implies B), parts(not A implies C)
 *     parts(not A or B)          parts(A implies B), where nothing else is negated
 *     parts(f and g)             parts(f), parts(g)
 *     parts(all x: S | f)        some x: S | p for each p in parts(f), or some x: S without one
 *     parts(no x: S | f)         some x: S
 *     parts(let x = e | f)       let x = e | p for each p in parts(f)
 *     parts(always f)            eventually p for each p in parts(f); after and historically likewise
 *     parts(call of a predicate) those of its body, its parameters bound to the arguments
 *
 *     parts(anything else)       itself, asserted without a condition
 *
 * An assertion none of whose conditions can hold is true in every instance, whatever it says. A conjunct without a
 * condition is a part that every instance puts to the test, so that it keeps its assertion from counting as one of these.
 * All conditions are existential, so a higher-order quantifier that the check can do without stays so.
 */
final class Antecedents {
  static final class Part {
    final Expr formula;
    /** Of the antecedent or the declaration that it comes from. */
    final Pos place;
    /** Whether it is that what stands there does not hold. */
    final boolean negated;
    /** Whether no antecedent or quantifier stands around it: its place is then that of what is asserted. */
    final boolean unconditional;

    Part(Expr formula, Pos place, boolean negated) {
      this(formula, place, negated, false);
    }

    private Part(Expr formula, Pos place, boolean negated, boolean unconditional) {
      this.formula = formula;
      this.place = place;
      this.negated = negated;
      this.unconditional = unconditional;
    }

    static Part unconditional(Pos place) {
      return new Part(ExprConstant.TRUE, place, false, true);
    }

    Part with(Expr changed) {
      return new Part(changed, place, negated, unconditional);
    }

    Part at(Pos other) {
      return new Part(formula, other, negated, unconditional);
    }
  }

  /** More parts than a person wrote come from predicates that call each other; the first ones say enough. */
  private static final int MOST = 100;

  /** Predicates that call each other can be read in more ways than there is time for. */
  private static final int MOST_STEPS = 20_000;

  private int steps;

  /** Predicates whose bodies are being looked into. */
  private final Deque<Func> within = new ArrayDeque<>();

  private Antecedents() {}

  /** Parts of an assertion that may be null; none when nothing in it stands under a condition. */
  static List<Part> of(Expr assertion) {
    if (assertion == null) return new ArrayList<>();
    List<Part> found = new Antecedents().parts(assertion);
    return found.stream().allMatch(part -> part.unconditional) ? new ArrayList<>() : new ArrayList<>(found);
  }

  /** Never empty. */
  private List<Part> parts(Expr formula) {
    if (++steps > MOST_STEPS) return outright(formula);
    Expr plain = formula.deNOP();
    if (plain instanceof ExprBinary) return ofBinary((ExprBinary) plain);
    if (plain instanceof ExprList) return ofList((ExprList) plain);
    if (plain instanceof ExprITE) return ofChoice((ExprITE) plain);
    if (plain instanceof ExprQt) return ofQuantifier((ExprQt) plain);
    if (plain instanceof ExprUnary) return ofUnary((ExprUnary) plain);
    if (plain instanceof ExprCall) return ofCall((ExprCall) plain);
    if (plain instanceof ExprLet) {
      ExprLet let = (ExprLet) plain;
      return each(parts(let.sub), part -> ExprLet.make(let.pos, let.var, let.expr, part));
    }
    return outright(formula);
  }

  private List<Part> ofBinary(ExprBinary formula) {
    switch (formula.op) {
      case IMPLIES:
        return implication(formula.left, formula.right);
      case AND:
        return joined(parts(formula.left), parts(formula.right));
      default:
        return outright(formula);
    }
  }

  private List<Part> ofList(ExprList formula) {
    if (formula.op == ExprList.Op.AND) {
      List<Part> found = new ArrayList<>();
      for (Expr each : formula.args) found = joined(found, parts(each));
      return found.isEmpty() ? outright(formula) : found;
    }
    if (formula.op == ExprList.Op.OR) {
      List<Expr> negated = new ArrayList<>();
      List<Expr> others = new ArrayList<>();
      for (Expr each : formula.args) (isNegated(each) ? negated : others).add(each);
      if (negated.size() != 1 || others.isEmpty()) return outright(formula);
      Expr consequent = others.size() == 1 ? others.get(0) : ExprConstant.TRUE;
      return implication(((ExprUnary) negated.get(0).deNOP()).sub, consequent);
    }
    return outright(formula);
  }

  private List<Part> ofChoice(ExprITE formula) {
    Part otherwise = new Part(formula.cond.not(), formula.cond.span(), true);
    return joined(implication(formula.cond, formula.left), implication(otherwise, formula.right));
  }

  private List<Part> ofQuantifier(ExprQt formula) {
    boolean all = formula.op == ExprQt.Op.ALL;
    if (!all && formula.op != ExprQt.Op.NO) return outright(formula);
    Pos place = Pos.UNKNOWN;
    for (Decl declaration : formula.decls) place = place.merge(declaration.span());
    Part any = new Part(ExprConstant.TRUE, place, false);
    List<Part> inner = under(any, all ? parts(formula.sub) : outright(formula.sub));
    return each(inner, part -> ExprQt.Op.SOME.make(formula.pos, formula.closingBracket, formula.decls, part));
  }

  private List<Part> ofUnary(ExprUnary formula) {
    switch (formula.op) {
      case ALWAYS:
        return each(parts(formula.sub), Expr::eventually);
      case AFTER:
        return each(parts(formula.sub), Expr::after);
      case HISTORICALLY:
        return each(parts(formula.sub), Expr::once);
      case NOT:
        Expr sub = formula.sub.deNOP();
        if (!(sub instanceof ExprQt) || ((ExprQt) sub).op != ExprQt.Op.SOME) return outright(formula);
        ExprQt some = (ExprQt) sub;
        return parts(ExprQt.Op.NO.make(some.pos, some.closingBracket, some.decls, some.sub));
      default:
        return outright(formula);
    }
  }

  private List<Part> ofCall(ExprCall call) {
    Func function = call.fun;
    if (!function.isPred || within.contains(function)) return outright(call);
    within.push(function);
    try {
      return each(
          parts(function.getBody()),
          part -> {
            Expr bound = part;
            for (int i = function.count() - 1; i >= 0; i--) {
              bound = ExprLet.make(call.pos, function.get(i), call.args.get(i), bound);
            }
            return bound;
          });
    } finally {
      within.pop();
    }
  }

  private List<Part> implication(Expr antecedent, Expr consequent) {
    return implication(new Part(antecedent, antecedent.span(), false), consequent);
  }

  private List<Part> implication(Part antecedent, Expr consequent) {
    return each(under(antecedent, parts(consequent)), antecedent.formula::and);
  }

  /** The parts below a condition: one without a condition of its own is put to the test where this one holds. */
  private static List<Part> under(Part condition, List<Part> inner) {
    List<Part> found = new ArrayList<>();
    for (Part part : inner) {
      found.add(part.unconditional ? new Part(part.formula, condition.place, condition.negated) : part);
    }
    return found;
  }

  private static List<Part> outright(Expr formula) {
    return Collections.singletonList(Part.unconditional(formula.span()));
  }

  private static boolean isNegated(Expr formula) {
    Expr plain = formula.deNOP();
    return plain instanceof ExprUnary && ((ExprUnary) plain).op == ExprUnary.Op.NOT;
  }

  private static List<Part> each(List<Part> parts, UnaryOperator<Expr> change) {
    List<Part> changed = new ArrayList<>();
    for (Part part : parts) changed.add(part.with(change.apply(part.formula)));
    return changed;
  }

  /** All of both, but one part without a condition, which also stands for those that are too many. */
  private static List<Part> joined(List<Part> first, List<Part> second) {
    List<Part> all = new ArrayList<>(first);
    boolean outright = first.stream().anyMatch(part -> part.unconditional);
    for (Part part : second) {
      boolean tooMany = all.size() >= MOST;
      if (!part.unconditional && !tooMany) all.add(part);
      else if (!outright) all.add(part.unconditional ? part : Part.unconditional(part.place));
      outright |= part.unconditional || tooMany;
    }
    return all;
  }
}
