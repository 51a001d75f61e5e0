import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { beforeAll, describe, expect, it } from "vitest";
import { hostilePredicate, hostileText } from "../../test/builders/hostile.js";
import { manifestText } from "../../test/builders/manifest-text.js";
import { aModelCommand, NO_MODELS } from "../../test/builders/models.js";
import { parseXml } from "../../test/builders/xml.js";
import type { State } from "../evidence/diff.js";
import { diffStates } from "../evidence/diff.js";
import { checkSchema } from "../model/check.js";
import type { Predicate } from "../model/manifest.js";
import { lineSpan } from "../model/span.js";
import { checkJson, toCheck } from "./check/json.js";
import { checkJunit } from "./check/junit.js";
import type { RenderOptions, View, ViewInputs } from "./format.js";
import { formatsOf, loadRenderer } from "./format.js";
import { columns } from "./text/width.js";

const VIEWS: readonly View[] = [
  "check",
  "why",
  "next",
  "tags-list",
  "tags-show",
  "tags-find",
  "explain",
  "verify",
  "doctor",
  "analysis",
  "links",
  "examples",
  "diff",
  "exceptions",
  "alloy",
];
/** Each run renders every view. */
const RUNS = { numRuns: 50 };

const options = fc.record({
  width: fc.integer({ min: 20, max: 160 }),
  colour: fc.boolean(),
  detail: fc.constantFrom("quiet" as const, "normal" as const, "verbose" as const),
});

function inputsOf(predicate: Predicate, text: string): ViewInputs {
  const one = { predicate, tag: predicate.catalog[0]?.tag ?? text };
  const listing = { predicate, words: "" };
  const part = { part: text, status: "broken" as const, version: text, neededFor: text, hint: text };
  return {
    check: predicate,
    why: one,
    next: predicate,
    "tags-list": listing,
    "tags-show": one,
    "tags-find": { predicate, words: text.slice(0, 2) },
    explain: { code: text },
    verify: { path: text, files: 1, tags: 1, findings: predicate.findings },
    doctor: { parts: [part] },
    alloy: alloyReport(text, predicate),
    analysis: { analysis: "logic", coverage: text, facts: { read: 1 }, findings: predicate.findings },
    links: linksOf(predicate, text),
    exceptions: predicate,
    diff: diffStates(stateOf(text, { ...predicate, catalog: [], items: [], findings: [] }), stateOf(text, predicate)),
    export: manifestText(predicate, text),
    watch: { before: { ...predicate, verdicts: predicate.verdicts.slice(1), findings: [] }, after: predicate },
    examples: {
      schema: "spec-evidence/examples@1",
      facts: { examples: 1, run: 1, passed: 0, failed: 1, errors: 0, notRun: 0, assertions: 1 },
      examples: [
        {
          name: text,
          tags: [text],
          file: text,
          line: 1,
          language: text,
          outcome: "fail",
          assertions: 1,
          cannotFail: text,
          notes: [text],
          output: text,
        },
      ],
      findings: predicate.findings,
    },
  };
}

function stateOf(name: string, predicate: Predicate): State {
  return { name, source: "manifest", commit: null, predicate };
}

function linksOf({ findings }: Predicate, text: string): ViewInputs["links"] {
  const place = { file: text, line: 1, column: 1 };
  const link = { ...place, role: text, form: text, text, url: text, target: null, state: "broken", finding: text };
  return {
    coverage: text,
    facts: { links: 1 },
    links: [link],
    missing: [{ path: text, notes: [text], links: [link] }],
    findings,
    edits: [{ ...place, before: text, after: text }],
    written: false,
  };
}

function alloyReport(text: string, { findings }: Predicate): ViewInputs["alloy"] {
  const fact = { name: text, of: null, text, place: lineSpan(text, 3) };
  return {
    facts: { models: 1, passed: 0, failed: 1 },
    models: {
      ...NO_MODELS,
      commands: [aModelCommand({ name: text, module: text, scope: text, reason: text, tags: [text] })],
    },
    findings,
    ablation: { commands: [{ module: text, name: text, needs: [fact], undecided: 1 }], unneeded: [fact] },
    mutation: [{ module: text, killed: 1, survived: 1, invalid: 1, undecided: 1, possible: 9 }],
  };
}

type Report = (inputs: ViewInputs, options: RenderOptions) => string;

async function load<V extends View>(view: V, format: string): Promise<Report> {
  const renderer = await loadRenderer(view, format);
  if (renderer === null) throw new Error(`no ${format} of ${view}`);
  return (inputs, chosen) => renderer(inputs[view], chosen);
}

const texts: Report[] = [];
const jsons: Report[] = [];

beforeAll(async () => {
  for (const view of VIEWS) {
    texts.push(await load(view, "text"));
    jsons.push(await load(view, "json"));
  }
  texts.push(await load("watch", "text"));
});

/** Everything that is neither a printable character nor a line feed nor one of the two joiners. */
const STEERING = /(?![\n\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe("text reports of any input", () => {
  it("keep every line within the width", () => {
    traceSpec("REPORT-WIDTH");
    fc.assert(
      fc.property(hostilePredicate(), hostileText(), options, (predicate, text, chosen) => {
        for (const report of texts) {
          for (const line of stripVTControlCharacters(report(inputsOf(predicate, text), chosen)).split("\n")) {
            expect(columns(line), line).toBeLessThanOrEqual(chosen.width);
          }
        }
      }),
      RUNS,
    );
  });

  it("hold no character that steers a terminal", () => {
    traceSpec("REPORT-SAFE", "REPORT-COLOUR");
    fc.assert(
      fc.property(hostilePredicate(), hostileText(), options, (predicate, text, chosen) => {
        for (const report of texts) {
          const printed = report(inputsOf(predicate, text), { ...chosen, colour: false });
          expect(STEERING.exec(printed)).toBeNull();
        }
      }),
      RUNS,
    );
  });

  it("differ with colour in escape sequences only", () => {
    traceSpec("REPORT-COLOUR-SAME");
    fc.assert(
      fc.property(hostilePredicate(), hostileText(), options, (predicate, text, chosen) => {
        for (const report of texts) {
          const plain = report(inputsOf(predicate, text), { ...chosen, colour: false });
          const painted = report(inputsOf(predicate, text), { ...chosen, colour: true });
          expect(stripVTControlCharacters(painted)).toBe(plain);
        }
      }),
      RUNS,
    );
  });
});

describe("JSON reports of any input", () => {
  it("hold no character that steers a terminal and parse", () => {
    traceSpec("REPORT-SAFE-JSON");
    fc.assert(
      fc.property(hostilePredicate(), hostileText(), options, (predicate, text, chosen) => {
        for (const report of jsons) {
          const json = report(inputsOf(predicate, text), chosen);
          expect(STEERING.exec(json)).toBeNull();
          expect(JSON.parse(json)).toHaveProperty("schema");
        }
      }),
      RUNS,
    );
  });

  it("of a check keep to the schema", () => {
    traceSpec("REPORT-JSON");
    fc.assert(
      fc.property(hostilePredicate(), (predicate) => {
        const parsed = checkSchema.parse(JSON.parse(checkJson(predicate)));
        expect(parsed).toEqual(JSON.parse(JSON.stringify(toCheck(predicate))));
      }),
    );
  });
});

describe("JUnit reports of any input", () => {
  it("are well-formed", () => {
    traceSpec("REPORT-JUNIT-XML");
    fc.assert(
      fc.property(hostilePredicate(), (predicate) => {
        const xml = checkJunit(predicate);
        expect(STEERING.exec(xml)).toBeNull();
        const cases = parseXml(xml).elements.flatMap((suite) => suite.elements);
        const errors = predicate.findings.filter((each) => each.severity === "error");
        expect(cases).toHaveLength(predicate.catalog.length + errors.length);
      }),
    );
  });
});

describe("every view", () => {
  it("has text first, and JSON", () => {
    for (const view of VIEWS) expect(formatsOf(view).slice(0, 2)).toEqual(["text", "json"]);
  });
});
