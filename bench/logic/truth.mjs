/**
 * What is true of an abstract specification, by going through every situation: no parser, no formula, no solver. A situation is
 * a value of each variable now and just before; numbers take every threshold, the points between them and the ends.
 */

/** The values of a variable that can make a difference in a specification. */
function valuesOf(model, name) {
  const variable = model.variables[name];
  if (variable.type === "boolean") return [false, true];
  if (variable.type === "enum") return variable.values;
  const points = new Set([variable.min, variable.max]);
  for (const statement of model.statements) {
    for (const test of [
      ...statement.clauses.flatMap((clause) => clause.tests),
      ...(statement.until ?? []),
      ...statement.demands,
    ]) {
      if (test.variable === name) points.add(test.value);
    }
  }
  const sorted = [...points].sort((a, b) => a - b);
  const between = sorted.slice(1).map((high, index) => (sorted[index] + high) / 2);
  return [...sorted, ...between, sorted[0], sorted.at(-1)].filter(
    (value, index, all) => all.indexOf(value) === index && value >= variable.min && value <= variable.max,
  );
}

function holds({ variable, relation = "=", value, negated = false }, situation) {
  const actual = situation[variable];
  const plain =
    relation === "="
      ? actual === value
      : relation === ">"
        ? actual > value
        : relation === ">="
          ? actual >= value
          : relation === "<"
            ? actual < value
            : actual <= value;
  return plain !== negated;
}

/** Whether a statement binds; WHEN needs its condition to become true, unless `level`. */
function binds(statement, now, before, level) {
  for (const { keyword, tests } of statement.clauses) {
    if (!tests.every((test) => holds(test, now))) return false;
    if (keyword === "WHEN" && !level && tests.every((test) => holds(test, before))) return false;
  }
  return !(statement.until ?? []).some((test) => holds(test, now));
}

const namesOf = (statement) => [
  ...statement.clauses.flatMap((clause) => clause.tests.map((test) => test.variable)),
  ...(statement.until ?? []).map((test) => test.variable),
];
const edgeNames = (statement) =>
  statement.clauses.flatMap((clause) => (clause.keyword === "WHEN" ? clause.tests.map((test) => test.variable) : []));

/** Every situation over the variables of some statements; stops when `visit` returns true, and says whether it did. */
function someSituation(model, statements, level, visit) {
  const now = [...new Set(statements.flatMap(namesOf))];
  const before = level ? [] : [...new Set(statements.flatMap(edgeNames))];
  const slots = [...now.map((name) => ["now", name]), ...before.map((name) => ["before", name])];
  const domains = slots.map(([, name]) => valuesOf(model, name));
  const situation = { now: {}, before: {} };
  const go = (at) => {
    if (at === slots.length) return visit(situation.now, situation.before);
    const [moment, name] = slots[at];
    for (const value of domains[at]) {
      situation[moment][name] = value;
      if (go(at + 1)) return true;
    }
    return false;
  };
  return go(0);
}

const demandHolds = (statement, outputs) =>
  statement.demands.every((demand) => holds(demand, outputs)) !== (statement.negated ?? false);

/** Every assignment of the outputs that the statements demand something of. */
function outputsOf(model, statements) {
  const names = [...new Set(statements.flatMap((statement) => statement.demands.map((demand) => demand.variable)))];
  let all = [{}];
  for (const name of names)
    all = all.flatMap((each) => valuesOf(model, name).map((value) => ({ ...each, [name]: value })));
  return all;
}

const isShall = (statement) => (statement.modality ?? "SHALL") === "SHALL";

export function areAtOdds(model, a, b, level = false) {
  const outputs = outputsOf(model, [a, b]);
  if (outputs.some((each) => demandHolds(a, each) && demandHolds(b, each))) return false;
  return someSituation(
    model,
    [a, b],
    level,
    (now, before) => binds(a, now, before, level) && binds(b, now, before, level),
  );
}

function isVacuous(model, statement, level = true) {
  return !someSituation(model, [statement], level, (now, before) => binds(statement, now, before, level));
}

/** Whether whatever satisfies the others satisfies the statement, in every situation in which it binds. */
export function isImplied(model, statement, others) {
  const relevant = others.filter(
    (other) =>
      isShall(other) &&
      other.demands.some((demand) => statement.demands.some((own) => own.variable === demand.variable)),
  );
  const outputs = outputsOf(model, [statement, ...relevant]);
  return !someSituation(model, [statement, ...relevant], false, (now, before) => {
    if (!binds(statement, now, before, false)) return false;
    const active = relevant.filter((other) => binds(other, now, before, false));
    const allowed = outputs.filter((each) => active.every((other) => demandHolds(other, each)));
    return allowed.length === 0 || allowed.some((each) => !demandHolds(statement, each));
  });
}

/** Whether an output declared complete is left open in some situation, WHEN as a level. */
function isOpen(model, name) {
  const deciding = model.statements.filter(
    (each) => isShall(each) && each.demands.some((demand) => demand.variable === name),
  );
  return someSituation(
    model,
    deciding,
    true,
    (now, before) => !deciding.some((each) => binds(each, now, before, true)),
  );
}

/** Values of a variable with which no statement about it ever binds. */
function unmetValues(model, name) {
  const about = model.statements.filter((each) => isShall(each) && namesOf(each).includes(name));
  return valuesOf(model, name).filter(
    (value) =>
      !about.some((each) =>
        someSituation(model, [each], true, (now, before) => now[name] === value && binds(each, now, before, true)),
      ),
  );
}

/** Every defect of a specification, by kind. */
export function defectsOf(model) {
  const shall = model.statements.filter(isShall);
  const soft = model.statements.filter((each) => !isShall(each));
  const conflicts = [];
  const readings = [];
  for (const [index, a] of shall.entries()) {
    for (const b of shall.slice(index + 1)) {
      if (areAtOdds(model, a, b)) conflicts.push([a.tag, b.tag]);
      else if (areAtOdds(model, a, b, true)) readings.push([a.tag, b.tag]);
    }
  }
  const vacuous = model.statements.filter((each) => isVacuous(model, each)).map((each) => each.tag);
  const never = model.statements.filter((each) => isVacuous(model, each, false)).map((each) => each.tag);
  const redundant = shall
    .filter(
      (each) =>
        !never.includes(each.tag) &&
        isImplied(
          model,
          each,
          shall.filter((other) => other !== each),
        ),
    )
    .map((each) => each.tag);
  const permissions = soft.flatMap((a) => shall.filter((b) => areAtOdds(model, a, b)).map((b) => [a.tag, b.tag]));
  const complete = Object.entries(model.variables).filter(([, variable]) => variable.complete);
  const gaps = complete
    .filter(([name, { role }]) => (role === "output" ? isOpen(model, name) : unmetValues(model, name).length > 0))
    .map(([name]) => name);
  return { conflicts, readings, vacuous, never, redundant, permissions, gaps };
}
