/**
 * Plants defects in consistent specifications and counts which the logic analysis finds, and what it reports that is not so.
 *
 *     node bench/logic-mutations.mjs [--seed 1] [--native] [--verbose]
 *
 * The truth comes from going through every situation (logic/truth.mjs), without our parser, formulas or Z3; planted changes that
 * turn out to be no defect are not counted as planted, but everything reported about them is still judged. Needs `npm run build`.
 * Exits with 1 when less than 95 % of some kind is found, or anything proved is false.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { judge } from "./logic/judge.mjs";
import { MODELS } from "./logic/models.mjs";
import { mutantsOf } from "./logic/mutants.mjs";
import { renderGlossary, renderSpec } from "./logic/render.mjs";
import { defectsOf } from "./logic/truth.mjs";
import { seeded } from "./random.mjs";

const built = (path) => import(fileURLToPath(new URL(`../dist/${path}`, import.meta.url)));
const { parseGlossary } = await built("ears/glossary/parse.js");
const { analyseLogic } = await built("ears/logic/analyse.js");
const { parseStatements } = await built("ears/parse.js");
const { parseSpec } = await built("specs/parse.js");
const { wasmSolver } = await built("host/solver-wasm.js");
const { nativeSolver } = await built("host/solver-native.js");

const { values: options } = parseArgs({
  options: { seed: { type: "string", default: "1" }, native: { type: "boolean" }, verbose: { type: "boolean" } },
});

const solver = options.native ? nativeSolver() : wasmSolver();
const rows = new Map();
let clean = 0;
let proved = 0;
const falsehoods = [];

for (const model of MODELS) {
  const defects = defectsOf(model);
  if (Object.values(defects).some((list) => list.length > 0))
    throw new Error(`${model.name} is not consistent: ${JSON.stringify(defects)}`);
  const findings = await analyse(model);
  if (findings.length === 0) clean++;
  else falsehoods.push(`${model.name}: ${findings[0].message}`);
  const random = seeded(Number(options.seed), model.name);
  for (const mutant of mutantsOf(model, random)) await examine(mutant);
}
await solver.close();
report();

async function analyse(model) {
  const text = renderSpec(model);
  const { glossary, findings } = parseGlossary("openspec/glossary.yaml", renderGlossary(model));
  if (findings.length > 0) throw new Error(findings[0].message);
  const { document } = parseSpec({ path: "openspec/specs/bench/spec.md", text });
  const result = await analyseLogic({ statements: parseStatements(document, text), glossary }, solver);
  const strange = result.facts.statements - result.facts.formalised;
  const expected = model.statements.filter((each) => /dormant/u.test(JSON.stringify(each))).length;
  if (strange !== expected)
    throw new Error(
      `${model.name}: ${strange} statements were not formalised: ${result.opaque[0]?.statement.sentence}`,
    );
  return result.findings.map((finding) => ({ ...finding, statements: [], ...result.details.get(finding.id) }));
}

async function examine({ kind, check, planted, model }) {
  const findings = await analyse(model);
  const { isTrue, isPlanted, isFound } = judge(model, findings, check, planted);
  const row = rows.get(kind) ?? { check, planted: 0, found: 0, possible: 0 };
  rows.set(kind, row);
  for (const finding of findings) {
    if (finding.tier !== "possible") proved++;
    if (!isTrue(finding)) falsehoods.push(`${model.name}: ${finding.tier} ${finding.message}`);
  }
  if (!isPlanted) return;
  row.planted++;
  if (isFound) row.found++;
  else if (options.verbose) console.log(`missed ${model.name}\n${renderSpec(model)}`);
}

function report() {
  let planted = 0;
  let found = 0;
  console.log("kind                       reported as   planted  found");
  for (const [kind, row] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    planted += row.planted;
    found += row.found;
    console.log(
      `${kind.padEnd(26)} ${row.check.padEnd(13)} ${String(row.planted).padStart(7)} ${String(row.found).padStart(6)}`,
    );
  }
  const share = (100 * found) / planted;
  console.log(
    `\n${planted} planted, ${found} found (${share.toFixed(1)} %); ${proved} findings proved, ${falsehoods.length} false; ${clean} of ${MODELS.length} consistent specifications clean`,
  );
  for (const line of falsehoods.slice(0, 20)) console.log(`FALSE ${line}`);
  const poor = [...rows.values()].some((row) => row.planted > 0 && row.found < 0.95 * row.planted);
  process.exitCode = planted < 200 || poor || falsehoods.length > 0 ? 1 : 0;
}
