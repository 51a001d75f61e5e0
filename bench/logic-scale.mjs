/**
 * Times the logic analysis on generated statements, parsing and loading Z3 included.
 *
 *     node bench/logic-scale.mjs [--statements 1000] [--components 1] [--native]
 *
 * A component is a machine of its own: an enum of modes, a number, switches, and outputs. Its statements are consistent by
 * construction; one conflict per ten components is planted. Needs `npm run build`. Exits with 1 on a wrong answer.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const built = (path) => import(fileURLToPath(new URL(`../dist/${path}`, import.meta.url)));
const { parseGlossary } = await built("ears/glossary/parse.js");
const { analyseLogic } = await built("ears/logic/analyse.js");
const { parseStatements } = await built("ears/parse.js");
const { parseSpec } = await built("specs/parse.js");
const { wasmSolver } = await built("host/solver-wasm.js");
const { nativeSolver } = await built("host/solver-native.js");

const { values: options } = parseArgs({
  options: {
    statements: { type: "string", default: "1000" },
    components: { type: "string", default: "1" },
    native: { type: "boolean" },
  },
});
const total = Number(options.statements);
const components = Number(options.components);
const MODES = ["idle", "filling", "heating", "draining", "cleaning"];

const variables = {};
const blocks = [];
let planted = 0;

for (let unit = 0; unit < components; unit++) {
  const size = Math.floor(total / components);
  const outputs = Math.max(1, Math.ceil(size / 12));
  variables[`mode ${unit}`] = { role: "state", type: "enum", values: MODES };
  variables[`level ${unit}`] = { role: "input", type: "number", unit: "l", min: "0", max: "1000" };
  for (let at = 0; at < outputs; at++) {
    variables[`switch ${unit}-${at}`] = { role: "input", type: "boolean", states: { true: ["pressed"] } };
    variables[`valve ${unit}-${at}`] = { role: "output", type: "boolean", states: { true: ["open"] } };
  }
  for (let at = 0; at < size; at++) blocks.push(statement(unit, at, outputs));
  if (unit % 10 === 0) {
    blocks.push(
      `IF the level ${unit} is above 900 l, THEN THE plant SHALL close valve ${unit}-0 and open valve ${unit}-${outputs - 1}.`,
    );
    planted++;
  }
}

/** Opened in one band of the level per mode and round, closed above it: no two that differ can meet. Neighbours share a response, so that they are one component. */
function statement(unit, at, outputs) {
  const output = at % outputs;
  const round = Math.floor(at / outputs);
  const mode = MODES[round % 4];
  const threshold = 100 + ((output * 7) % 300);
  const low = `WHILE the mode ${unit} is ${mode} and the switch ${unit}-${(output + round) % outputs} is pressed, IF the level ${unit} is`;
  const tie = round % 4 === 0 && round < 4 ? ` and open valve ${unit}-${(output + 1) % outputs}` : "";
  if (tie !== "")
    return `WHILE the mode ${unit} is cleaning, IF the level ${unit} is below 50 l, THEN THE plant SHALL open valve ${unit}-${output}${tie}.`;
  return round % 2 === 0
    ? `${low} below ${threshold} l, THEN THE plant SHALL open valve ${unit}-${output}.`
    : `${low} above ${threshold + 400} l, THEN THE plant SHALL close valve ${unit}-${output}.`;
}

const text = `## Purpose\n\nScale.\n\n## Requirements\n\n${blocks.map((block, at) => `### Requirement: R${at} [SC-${at}]\n${block}\n`).join("\n")}`;
const glossaryText = JSON.stringify({ schema: "spec-evidence/glossary@1", variables });

const start = performance.now();
const cpu = process.cpuUsage();
const { glossary, findings: faults } = parseGlossary("openspec/glossary.yaml", glossaryText);
const read = performance.now();
const statements = parseStatements(parseSpec({ path: "openspec/specs/scale/spec.md", text }).document, text);
const parsed = performance.now();
const solver = options.native ? nativeSolver() : wasmSolver();
const { facts, findings } = await analyseLogic({ statements, glossary }, solver);
await solver.close();
const done = performance.now();
const used = process.cpuUsage(cpu);

console.log(JSON.stringify(facts));
console.log(
  `glossary ${(read - start).toFixed(0)} ms, parse ${(parsed - read).toFixed(0)} ms, logic ${(done - parsed).toFixed(0)} ms, CPU ${((used.user + used.system) / 1000).toFixed(0)} ms, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
);
const counts = {};
for (const { check = "other" } of findings) counts[check] = (counts[check] ?? 0) + 1;
console.log(JSON.stringify(counts), `${planted} planted`, faults.length > 0 ? faults[0].message : "");
process.exitCode = faults.length > 0 || facts.formalised !== blocks.length ? 1 : 0;
