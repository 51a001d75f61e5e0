package evidence.alloy;

import edu.mit.csail.sdg.ast.ExprVar;
import edu.mit.csail.sdg.ast.Sig;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.A4Tuple;
import edu.mit.csail.sdg.translator.A4TupleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Instances as data: what each signature, field and witness holds in each state. */
final class Instances {
  private Instances() {}

  /** A satisfiable solution. A static model has one state and no loop. */
  static Map<String, Object> of(A4Solution solution) {
    boolean isTemporal = solution.getMaxTrace() > 0;
    int length = isTemporal ? solution.getTraceLength() : 1;
    List<Object> states = new ArrayList<>();
    for (int state = 0; state < length; state++) states.add(state(solution, state));
    return Json.object("states", states, "loop", isTemporal ? solution.getLoopState() : null);
  }

  private static Map<String, Object> state(A4Solution solution, int state) {
    List<Object> signatures = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    for (Sig sig : solution.getAllReachableSigs()) {
      if (sig == Sig.UNIV || sig == Sig.NONE || sig.isMeta != null) continue;
      signatures.add(signature(sig, solution, state));
      for (Sig.Field field : sig.getFields()) {
        if (field.isMeta != null) continue;
        fields.add(relation(field.label, Model.nameOf(sig), rows(solution.eval(field, state))));
      }
    }
    List<Object> skolems = new ArrayList<>();
    for (ExprVar skolem : solution.getAllSkolems()) {
      Object value = solution.eval(skolem, state);
      if (value instanceof A4TupleSet) skolems.add(relation(skolem.label, null, rows((A4TupleSet) value)));
    }
    return Json.object("signatures", signatures, "fields", fields, "skolems", skolems);
  }

  private static Map<String, Object> signature(Sig sig, A4Solution solution, int state) {
    List<Object> own = rows(solution.eval(sig, state));
    String parent = null;
    List<Object> subsetOf = new ArrayList<>();
    if (sig instanceof Sig.PrimSig) {
      Sig.PrimSig prim = (Sig.PrimSig) sig;
      if (prim.parent != null && prim.parent != Sig.UNIV) parent = Model.nameOf(prim.parent);
      for (Sig.PrimSig child : prim.children()) own.removeAll(rows(solution.eval(child, state)));
    } else {
      for (Sig other : ((Sig.SubsetSig) sig).parents) subsetOf.add(Model.nameOf(other));
    }
    Map<String, Object> shown = relation(Model.nameOf(sig), null, own);
    shown.put("parent", parent);
    shown.put("subsetOf", subsetOf);
    shown.put("builtin", sig.builtin);
    return shown;
  }

  private static Map<String, Object> relation(String name, String of, List<Object> tuples) {
    return Json.object("name", name, "of", of, "tuples", tuples);
  }

  private static List<Object> rows(A4TupleSet tuples) {
    List<Object> rows = new ArrayList<>();
    for (A4Tuple tuple : tuples) {
      List<Object> row = new ArrayList<>();
      for (int column = 0; column < tuple.arity(); column++) row.add(tuple.atom(column));
      rows.add(row);
    }
    return rows;
  }
}
