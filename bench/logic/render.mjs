/** Abstract specifications as text: what our parser and formaliser get to see, and nothing else of them. */

const RELATIONS = { ">": "above", ">=": "at least", "<": "below", "<=": "at most" };

/** `the door is not open`, `the temperature is above 30 °C`, `the mode is idle`. */
function sayTest(model, { variable: name, relation = "=", value, negated = false }) {
  const variable = model.variables[name];
  const not = negated ? "not " : "";
  if (variable.type === "boolean") {
    const said = variable.say?.[String(value)];
    if (said !== undefined && !negated) return said;
    const affirmed = value === true;
    const word = affirmed === !negated ? "" : "not ";
    return `the ${name} is ${word}${variable.word}`;
  }
  if (variable.type === "enum") return `the ${name} is ${not}${value}`;
  return `the ${name} is ${not}${RELATIONS[relation]} ${value}${variable.unit ? ` ${variable.unit}` : ""}`;
}

function sayDemand(model, { variable: name, value }) {
  const variable = model.variables[name];
  if (variable.type === "boolean") return variable.do[String(value)];
  return `set the ${name} to ${value}${variable.unit ? ` ${variable.unit}` : ""}`;
}

export function saySentence(model, { clauses, until = [], modality = "SHALL", negated = false, demands }) {
  const conditions = clauses.map(
    ({ keyword, tests }) => `${keyword} ${tests.map((test) => sayTest(model, test)).join(" and ")}`,
  );
  const then = clauses.some(({ keyword }) => keyword === "IF") ? "THEN " : "";
  const end = until.length === 0 ? "" : ` until ${until.map((test) => sayTest(model, test)).join(" or ")}`;
  const head = conditions.map((condition) => `${condition}, `).join("");
  const what = demands.map((demand) => sayDemand(model, demand)).join(" and ");
  return `${head}${then}THE controller ${modality}${negated ? " NOT" : ""} ${what}${end}.`;
}

export function renderSpec(model) {
  const blocks = model.statements.map(
    (statement) =>
      `### Requirement: ${statement.tag} [${statement.tag}]\n${statement.text ?? saySentence(model, statement)}\n`,
  );
  return `## Purpose\n\nA bench.\n\n## Requirements\n\n${blocks.join("\n")}`;
}

/** The glossary as YAML (JSON is YAML). */
export function renderGlossary(model) {
  const variables = Object.fromEntries(
    Object.entries(model.variables).map(([name, variable]) => [name, declaration(name, variable)]),
  );
  return JSON.stringify({ schema: "spec-evidence/glossary@1", variables });
}

function declaration(_name, { role, type, word, do: verbs, say, values, min, max, unit, complete }) {
  const common = { role, type, ...(complete ? { complete: true } : {}) };
  if (type === "enum") return { ...common, values };
  if (type === "boolean") {
    const states =
      verbs === undefined ? { true: [word] } : { true: [verbs.true.split(" ")[0]], false: [verbs.false.split(" ")[0]] };
    const phrases = Object.entries(say ?? {}).map(([value, text]) => [value, [text]]);
    return { ...common, states, ...(phrases.length > 0 ? { phrases: Object.fromEntries(phrases) } : {}) };
  }
  return { ...common, min: String(min), max: String(max), ...(unit ? { unit } : {}) };
}
