/** Defects planted in consistent specifications. Whether each is one is for `truth.mjs` to say. */
import { saySentence } from "./render.mjs";

const OTHER = { ">": "<", ">=": "<=", "<": ">", "<=": ">=" };

/** A planted defect: `check` is what should report it; `planted` the tag or variable it has to name. */
function mutant(model, kind, check, planted, statements, variables = model.variables) {
  return {
    kind,
    check,
    planted,
    model: { ...model, name: `${model.name}: ${kind} ${planted}`, variables, statements },
  };
}

const add = (model, ...more) => [...model.statements, ...more];
const swap = (model, old, next) => model.statements.map((each) => (each === old ? next : each));
const numeric = (model, test) => ["number", "integer"].includes(model.variables[test.variable].type);

/** Another value of the demanded variable. */
function opposite(model, demand) {
  const variable = model.variables[demand.variable];
  if (variable.type === "boolean") return { ...demand, value: !demand.value };
  if (variable.type === "enum") return { ...demand, value: variable.values.find((value) => value !== demand.value) };
  return { ...demand, value: demand.value === variable.max ? variable.min : demand.value + 1 };
}

const NEW = "NEW-ONE";

/** Everything planted at one statement. */
function* atStatement(model, statement, random) {
  const { clauses, demands, until = [] } = statement;
  const [demand] = demands;
  const against = { ...statement, tag: NEW, demands: [opposite(model, demand)], until };
  yield mutant(model, "negated response", "conflict", NEW, add(model, { ...statement, tag: NEW, negated: true }));
  yield mutant(model, "opposite response", "conflict", NEW, add(model, against));
  yield mutant(
    model,
    "wider opposite",
    "conflict",
    NEW,
    add(model, { ...against, clauses: clauses.slice(0, 1), until: [] }),
  );
  const stranger = random.pick(
    Object.entries(model.variables).filter(([, { role, type }]) => role === "input" && type === "boolean"),
  );
  if (stranger !== undefined && !clauses.some(({ tests }) => tests.some(({ variable }) => variable === stranger[0]))) {
    const extra = { keyword: "WHILE", tests: [{ variable: stranger[0], value: true }] };
    yield mutant(
      model,
      "overlapping guards",
      "conflict",
      NEW,
      add(model, { ...against, clauses: [extra, ...clauses] }),
    );
    yield mutant(
      model,
      "narrower repetition",
      "redundancy",
      NEW,
      add(model, { ...statement, tag: NEW, clauses: [extra, ...clauses] }),
    );
    yield mutant(
      model,
      "permission",
      "permission",
      NEW,
      add(model, { ...against, modality: "MAY", clauses: [extra, ...clauses] }),
    );
  }
  yield mutant(model, "advice", "permission", NEW, add(model, { ...against, modality: "SHOULD" }));
  yield mutant(
    model,
    "dropped condition",
    "conflict",
    statement.tag,
    swap(model, statement, { ...statement, clauses: clauses.slice(1) }),
  );
  if (until.length > 0) {
    yield mutant(
      model,
      "dropped until",
      "conflict",
      statement.tag,
      swap(model, statement, { ...statement, until: [] }),
    );
    yield mutant(
      model,
      "until at the start",
      "vacuity",
      statement.tag,
      swap(model, statement, { ...statement, until: [clauses.at(-1).tests[0]] }),
    );
  }
  const [test] = clauses[0].tests;
  const denied = { keyword: "WHILE", tests: [{ ...test, negated: !test.negated }] };
  yield mutant(
    model,
    "impossible guard",
    "vacuity",
    statement.tag,
    swap(model, statement, { ...statement, clauses: [denied, ...clauses] }),
  );
  yield mutant(
    model,
    "repetition",
    "redundancy",
    NEW,
    add(model, { ...statement, tag: NEW, text: reworded(model, { ...statement, tag: NEW }, random) }),
  );
  yield mutant(
    model,
    "dropped case",
    "gap",
    demand.variable,
    model.statements.filter((each) => each !== statement),
  );
}

/** The same statement in other words: keywords in lower case, conditions turned round. */
function reworded(model, statement, random) {
  const clauses = random.chance(0.5) ? [...statement.clauses].reverse() : statement.clauses;
  const text = saySentence(model, { ...statement, clauses });
  return random.chance(0.5) ? text.replace(/\b(WHILE|WHEN|IF|THEN|THE)\b/gu, (word) => word.toLowerCase()) : text;
}

/** Thresholds and values of one test of a statement. */
function* atTest(model, statement, clauseAt, testAt) {
  const test = statement.clauses[clauseAt].tests[testAt];
  const variable = model.variables[test.variable];
  const withTest = (changed, more = {}) => ({
    ...statement,
    ...more,
    clauses: statement.clauses.map((clause, index) =>
      index === clauseAt
        ? { ...clause, tests: clause.tests.map((each, at) => (at === testAt ? changed : each)) }
        : clause,
    ),
  });
  if (variable.type === "enum") {
    const strange = withTest({ ...test, value: "dormant" });
    yield mutant(model, "renamed value", "vocabulary", statement.tag, swap(model, statement, strange));
    const other = variable.values.find((value) => value !== test.value);
    const both = { keyword: "WHILE", tests: [{ variable: test.variable, value: other }] };
    if (!test.negated) {
      yield mutant(
        model,
        "two values at once",
        "vacuity",
        statement.tag,
        swap(model, statement, { ...statement, clauses: [both, ...statement.clauses] }),
      );
    }
    if (variable.complete) {
      const rest = model.statements.filter(
        (each) =>
          !each.clauses.some(({ tests }) =>
            tests.some((one) => one.variable === test.variable && (one.value === test.value || one.negated)),
          ),
      );
      yield mutant(model, "unmet value", "gap", test.variable, rest);
    }
  }
  if (!numeric(model, test)) return;
  for (const step of [2, -2]) {
    const value = test.value + step;
    if (value < variable.min || value > variable.max) continue;
    const shifted = withTest({ ...test, value });
    yield mutant(model, "shifted threshold", "conflict", statement.tag, swap(model, statement, shifted));
    yield mutant(
      model,
      "shifted threshold, gap",
      "gap",
      statement.demands[0].variable,
      swap(model, statement, shifted),
    );
    yield mutant(model, "second threshold", "threshold", NEW, add(model, withTest({ ...test, value }, { tag: NEW })));
  }
  const beyond = test.relation.startsWith(">") ? variable.max + 5 : variable.min - 5;
  yield mutant(
    model,
    "threshold out of range",
    "vacuity",
    statement.tag,
    swap(model, statement, withTest({ ...test, value: beyond })),
  );
  const empty = {
    keyword: "WHILE",
    tests: [{ ...test, relation: OTHER[test.relation], value: test.value + (test.relation.startsWith(">") ? -1 : 1) }],
  };
  yield mutant(
    model,
    "empty range",
    "vacuity",
    statement.tag,
    swap(model, statement, { ...statement, clauses: [empty, ...statement.clauses] }),
  );
}

/** Every mutant of a specification, in a fixed order. */
export function* mutantsOf(model, random) {
  for (const statement of model.statements) {
    yield* atStatement(model, statement, random);
    for (const [clauseAt, { tests }] of statement.clauses.entries()) {
      for (const testAt of tests.keys()) yield* atTest(model, statement, clauseAt, testAt);
    }
    yield* covered(model, statement);
  }
}

/** Each value of an enum says what a new statement without it says again: only all together imply it. */
function* covered(model, statement) {
  for (const [name, variable] of Object.entries(model.variables)) {
    if (variable.type !== "enum" || variable.role === "output") continue;
    if (statement.clauses.some(({ tests }) => tests.some((test) => test.variable === name))) continue;
    const cases = variable.values.map((value) => ({
      ...statement,
      tag: `${statement.tag}-${value.toUpperCase()}`,
      clauses: [{ keyword: "WHILE", tests: [{ variable: name, value }] }, ...statement.clauses],
    }));
    const statements = model.statements.flatMap((each) =>
      each === statement ? [...cases, { ...statement, tag: NEW }] : [each],
    );
    yield mutant(model, "joint repetition", "redundancy", NEW, statements);
  }
}
