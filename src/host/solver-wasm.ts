import { createRequire } from "node:module";
import { smtSymbol } from "../model/smt2.js";
import type { Answer, Solver, Term } from "../model/solver.js";
import { CHECK_LIMIT } from "../model/solver.js";

/**
 * The part of z3-solver's low-level interface that is used. Its own types cover the asynchronous wrapper only, which hands
 * every check to a thread: that costs milliseconds each, and an idle thread keeps the process alive. The exports of the
 * compiled module are called directly instead; `rlimit` bounds them.
 */
interface Z3 {
  mk_config(): number;
  mk_context(config: number): number;
  del_config(config: number): void;
  del_context(context: number): void;
  mk_simple_solver(context: number): number;
  solver_inc_ref(context: number, solver: number): void;
  solver_push(context: number, solver: number): void;
  solver_pop(context: number, solver: number, count: number): void;
  solver_assert(context: number, solver: number, term: number): void;
  solver_set_params(context: number, solver: number, params: number): void;
  solver_get_model(context: number, solver: number): number;
  solver_get_reason_unknown(context: number, solver: number): string;
  model_inc_ref(context: number, model: number): void;
  model_dec_ref(context: number, model: number): void;
  model_eval(context: number, model: number, term: number, complete: boolean): number | null;
  get_bool_value(context: number, term: number): number;
  mk_params(context: number): number;
  params_inc_ref(context: number, params: number): void;
  params_set_uint(context: number, params: number, key: number, value: number): void;
  mk_string_symbol(context: number, text: string): number;
  mk_bool_sort(context: number): number;
  mk_int_sort(context: number): number;
  mk_real_sort(context: number): number;
  mk_const(context: number, symbol: number, sort: number): number;
  mk_numeral(context: number, digits: string, sort: number): number;
  mk_not(context: number, term: number): number;
  mk_and(context: number, terms: number[]): number;
  mk_or(context: number, terms: number[]): number;
  mk_eq(context: number, left: number, right: number): number;
  mk_lt(context: number, left: number, right: number): number;
  mk_le(context: number, left: number, right: number): number;
  mk_gt(context: number, left: number, right: number): number;
  mk_ge(context: number, left: number, right: number): number;
}

interface Compiled {
  Z3: Z3;
  em: { _Z3_solver_check(context: number, solver: number): number };
}

interface Loaded {
  z3: Z3;
  check(context: number, solver: number): number;
  context: number;
  solver: number;
  sorts: Record<"Bool" | "Int" | "Real", number>;
  terms: WeakMap<Term, number>;
}

/** Z3 compiled to WebAssembly, from the package z3-solver. Loaded by the first check (half a second, 150 MB). */
export function wasmSolver(): Solver {
  let loading: Promise<Loaded> | null = null;
  return {
    check: async (assertions, watched = []) => {
      loading ??= load();
      return checkIn(await loading, assertions, watched);
    },
    close: async () => {
      const loaded = await loading;
      loading = null;
      loaded?.z3.del_context(loaded.context);
    },
  };
}

async function load(): Promise<Loaded> {
  const require = createRequire(import.meta.url);
  const { init }: { init(module: unknown): Promise<Compiled> } = require("z3-solver/build/low-level");
  const { Z3: z3, em } = await init(require("z3-solver/build/z3-built"));
  const config = z3.mk_config();
  const context = z3.mk_context(config);
  z3.del_config(config);
  const solver = z3.mk_simple_solver(context);
  z3.solver_inc_ref(context, solver);
  const params = z3.mk_params(context);
  z3.params_inc_ref(context, params);
  z3.params_set_uint(context, params, z3.mk_string_symbol(context, "rlimit"), CHECK_LIMIT);
  z3.solver_set_params(context, solver, params);
  return {
    z3,
    check: (inContext, ofSolver) => em._Z3_solver_check(inContext, ofSolver),
    context,
    solver,
    sorts: { Bool: z3.mk_bool_sort(context), Int: z3.mk_int_sort(context), Real: z3.mk_real_sort(context) },
    terms: new WeakMap(),
  };
}

function checkIn(loaded: Loaded, assertions: readonly Term[], watched: readonly Term[]): Answer {
  const { z3, context, solver } = loaded;
  z3.solver_push(context, solver);
  try {
    for (const term of assertions) z3.solver_assert(context, solver, build(loaded, term));
    const status = loaded.check(context, solver);
    if (status === -1) return { status: "unsat" };
    if (status !== 1) return { status: "unknown", reason: z3.solver_get_reason_unknown(context, solver) };
    return { status: "sat", holds: watched.length === 0 ? [] : watchedIn(loaded, watched) };
  } finally {
    z3.solver_pop(context, solver, 1);
  }
}

function watchedIn(loaded: Loaded, watched: readonly Term[]): boolean[] {
  const { z3, context, solver } = loaded;
  const model = z3.solver_get_model(context, solver);
  z3.model_inc_ref(context, model);
  const holds = watched.map((term) => {
    const value = z3.model_eval(context, model, build(loaded, term), true);
    return value !== null && z3.get_bool_value(context, value) === 1;
  });
  z3.model_dec_ref(context, model);
  return holds;
}

/** The term in Z3's memory; a term object is built once. */
function build(loaded: Loaded, term: Term): number {
  const known = loaded.terms.get(term);
  if (known !== undefined) return known;
  const made = construct(loaded, term);
  loaded.terms.set(term, made);
  return made;
}

function construct(loaded: Loaded, term: Term): number {
  const { z3, context, sorts } = loaded;
  const constant = (name: string, sort: "Bool" | "Int" | "Real") =>
    z3.mk_const(context, z3.mk_string_symbol(context, smtSymbol(name)), sorts[sort]);
  if (term.op === "constant") return constant(term.name, term.sort);
  if (term.op === "not") return z3.mk_not(context, build(loaded, term.of));
  if (term.op === "and" || term.op === "or") {
    const parts = term.of.map((each) => build(loaded, each));
    return term.op === "and" ? z3.mk_and(context, parts) : z3.mk_or(context, parts);
  }
  const left = constant(term.left.name, term.left.sort);
  const right = z3.mk_numeral(context, `${term.right.numerator}/${term.right.denominator}`, sorts[term.left.sort]);
  if (term.relation === "<") return z3.mk_lt(context, left, right);
  if (term.relation === "<=") return z3.mk_le(context, left, right);
  if (term.relation === ">") return z3.mk_gt(context, left, right);
  return term.relation === ">=" ? z3.mk_ge(context, left, right) : z3.mk_eq(context, left, right);
}
