import type { TestDeclaration } from "../model/reference.js";
import type { Callee } from "./callee.js";
import { beginsStatement, calleeBefore, isUnconditional, placeOf, readChain } from "./callee.js";
import type { Declaration } from "./declaration.js";
import type { AssertionForms } from "./language.js";
import type { Code } from "./source.js";
import { skipBlank } from "./source.js";

type Reading = TestDeclaration["assertions"];

/** What a test's body asserts; the fields of TestDeclaration. */
export type BodyReading = Required<Pick<TestDeclaration, "assertions" | "constants" | "helpers">>;

/** What is gathered on the way. */
interface Found {
  readings: Set<Reading>;
  constants: number;
  helpers: boolean;
}

/** Names that suggest that a call asserts, whoever wrote it. */
const SUGGESTIVE =
  /(?:^|\.|::)_?(?:assert|expect|should|verif|check|ensure|must|require|prove|valid|test|compar|match|equal|same|fail|reject|throw|judge|run)/i;

/** Names of assertion libraries that throw by themselves, past every counter: supertest, Sinon, ts-mockito, Should. */
const UNCOUNTED = /(?:^|\.)_?(?:assert|expect|should|must)|^verify$/i;

/**
 * Reads what a test's body asserts. `none` only if nothing in it could: no assertion, no word that fails by itself and
 * no call but those known to be harmless and, where the language says so, calls whose value is assigned and whose name
 * does not suggest an assertion. `constant` if every assertion is about literals alone, stands where every run comes
 * by, and nothing else could assert. Whatever might be a helper makes it `unknown`: no test is called hollow on a guess.
 */
export function readAssertions(code: Code, test: Declaration): BodyReading {
  const forms = code.source.language.tests?.assertions;
  if (forms === undefined || test.body === null) return { assertions: "unknown", constants: 0, helpers: true };
  const { start, end } = test.body;
  const body = code.text.slice(start, end);
  if (forms.keywords?.test(body) === true) return { assertions: "present", constants: 0, helpers: true };
  if (forms.bodyIsCallback === true && !/=>|(?<![\w$])function(?![\w$])/.test(body)) {
    const elsewhere = /[\w$]/.test(body);
    return { assertions: elsewhere ? "unknown" : "none", constants: 0, helpers: elsewhere };
  }
  const found: Found = { readings: new Set(), constants: 0, helpers: false };
  readOperands(code, test.body, forms, found);
  if (!found.readings.has("present")) readCalls(code, test.body, forms, found);
  const { readings, constants, helpers } = found;
  const assertions = (["present", "unknown", "constant"] as const).find((reading) => readings.has(reading));
  return { assertions: assertions ?? "none", constants, helpers };
}

interface Range {
  start: number;
  end: number;
}

const CONDITION = /(?<!\w)(?:if|for|while|try|with|match)(?!\w)/;

/** Python's `assert expression`. Behind a condition even `assert False` can tell something. */
function readOperands(code: Code, range: Range, forms: AssertionForms, { readings }: Found): void {
  if (forms.operand === undefined) return;
  const body = code.text.slice(range.start, range.end);
  const conditional = CONDITION.test(body);
  for (const match of body.matchAll(forms.operand)) {
    const from = match.index + match[0].length;
    const end = body.indexOf("\n", from);
    const constant = isConstant(body.slice(from, end < 0 ? body.length : end));
    readings.add(!constant ? "present" : conditional ? "unknown" : "constant");
    if (!constant) return;
  }
}

function readCalls(code: Code, range: Range, forms: AssertionForms, found: Found): void {
  const { readings } = found;
  const { text, partners } = code;
  const level = new Level(text, range.start);
  const ownLevel = forms.bodyIsCallback === true ? 1 : 0;
  const conditional = forms.operand !== undefined && CONDITION.test(text.slice(range.start, range.end));
  let harmlessUntil = range.start;
  for (let at = text.indexOf("(", range.start); at >= 0 && at < range.end; at = text.indexOf("(", at + 1)) {
    const callee = calleeBefore(text, at, range.start);
    if (callee === null || (forms.operand !== undefined && callee.name === "assert")) continue;
    if (forms.calls.test(callee.name)) {
      const chain = readChain(code, at, range.end);
      const reading = lacksMatcher(code, { callee, open: at, end: chain.end }, forms)
        ? "constant"
        : judge(chain.values, forms);
      const certain = !conditional && level.at(callee.start) <= ownLevel && isUnconditional(code, callee, range.start);
      readings.add(reading === "constant" && !certain ? "unknown" : reading);
      if (reading === "constant" && certain) found.constants++;
      else if (reading === "constant") found.helpers = true;
      if (reading === "present") return;
      at = chain.end - 1;
    } else if (isHarmless(code, callee, forms, { from: range.start, inside: at < harmlessUntil })) {
      harmlessUntil = Math.max(harmlessUntil, partners[at] ?? -1);
    } else {
      readings.add("unknown");
      found.helpers ||= UNCOUNTED.test(callee.name);
    }
  }
}

function isHarmless(
  code: Code,
  callee: Callee,
  forms: AssertionForms,
  { from, inside }: { from: number; inside: boolean },
): boolean {
  if (forms.harmless.test(callee.name)) return true;
  if (forms.valuesAreHarmless !== true || SUGGESTIVE.test(callee.name)) return false;
  const place = placeOf(code, callee, from);
  return place === "assigned" || place === "chained" || (place === "argument" && inside);
}

/** Whether the call is a whole statement that says nothing about its value, like `expect(value);`. */
function lacksMatcher(
  code: Code,
  { callee, open, end }: { callee: Callee; open: number; end: number },
  forms: AssertionForms,
): boolean {
  if (forms.unfinished?.test(callee.name) !== true || end !== (code.partners[open] ?? -1) + 1) return false;
  const after = code.text[skipBlank(code.text, end)] ?? "";
  return (after === "" || /[;}\w$]/.test(after)) && beginsStatement(code, callee);
}

function judge(values: readonly string[], forms: AssertionForms): Reading {
  const tested = values.map((each) => withoutContext(each, forms));
  if (tested.every((each) => each.trim() === "")) return "unknown";
  return tested.every(isConstant) ? "constant" : "present";
}

function withoutContext(values: string, forms: AssertionForms): string {
  if (forms.context === undefined) return values;
  const comma = values.indexOf(",");
  const first = (comma < 0 ? values : values.slice(0, comma)).trim();
  return forms.context.test(first) ? values.slice(comma < 0 ? values.length : comma + 1) : values;
}

const CONSTANT_WORDS = new Set(
  "true false null undefined NaN Infinity void typeof nil None True False and or not is in new as const".split(" "),
);

/** Whether an expression in masked code is made of literals alone, so that it is the same in every run. */
function isConstant(expression: string): boolean {
  for (const match of expression.matchAll(/"_*"?|\d[\w.]*|[A-Za-z_$][\w$]*|[^\s]/gu)) {
    const [token] = match;
    if (!/^[A-Za-z_$]/.test(token)) continue;
    const rest = expression.slice(match.index + token.length, match.index + token.length + 8);
    if (!CONSTANT_WORDS.has(token) && !/^\s*:(?!:)/.test(rest)) return false;
  }
  return true;
}

/** How many brackets opened behind a start are open at offsets that only grow. */
class Level {
  readonly #text: string;
  #at: number;
  #open = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#at = start;
  }

  at(offset: number): number {
    for (; this.#at < offset; this.#at++) {
      const char = this.#text[this.#at] ?? "";
      if (char === "(" || char === "[" || char === "{") this.#open++;
      else if (char === ")" || char === "]" || char === "}") this.#open--;
    }
    return this.#open;
  }
}
