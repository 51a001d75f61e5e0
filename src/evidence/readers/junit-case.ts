import type { EvidenceKind } from "../../model/evidence.js";
import type { TestResult } from "../../model/result.js";
import type { Tag } from "../../model/tag.js";
import { NOTHING } from "../item.js";
import type { CaseContext } from "./junit-names.js";
import { caseNames } from "./junit-names.js";
import type { Sign } from "./junit-outcome.js";
import { outcomeOfWord, signOf, worstOutcome } from "./junit-outcome.js";
import { CLAIMING_PROPERTIES, firstLine, LABELLING_PROPERTIES, listedTags, titleTags, uniqueTags } from "./text.js";
import type { Attributes } from "./xml.js";

/** What the reader around a case makes note of. */
export interface CaseNotes {
  /** An outcome word that no dialect defines. */
  unknownWord(word: string, line: number): void;
  /** A claim that is not a tag. */
  malformedClaim(claim: string, line: number): void;
}

const LONGEST_TEXT = 4000;

/** Gathers one `testcase` element while it is read. */
export class JunitCase {
  readonly #attributes: Attributes;
  readonly #line: number;
  readonly #root: string | null;
  readonly #notes: CaseNotes;
  readonly #signs: Sign[] = [];
  readonly #tags: Tag[] = [];
  #expectedToFail = false;
  #reruns = 0;
  #message: string | null = null;
  /** A message that says no more than the element does: it counts where the text is empty. */
  #word: string | null = null;
  /** Names of the open elements below the case. */
  readonly #open: string[] = [];
  #text = "";
  #property = "";

  constructor(attributes: Attributes, line: number, root: string | null, notes: CaseNotes) {
    this.#attributes = attributes;
    this.#line = line;
    this.#root = root;
    this.#notes = notes;
    for (const name of CLAIMING_PROPERTIES) this.#readProperty(name, attributes[name]);
    for (const name of LABELLING_PROPERTIES) this.#readProperty(name, attributes[name]);
  }

  get file(): string | null {
    return this.#attributes.file ?? this.#attributes.filepath ?? null;
  }

  open(name: string, attributes: Attributes): void {
    this.#open.push(name);
    this.#text = "";
    if (this.#open.length === 1) this.#readSign(name, attributes);
    else if (name === "property") {
      this.#property = attributes.name ?? "";
      this.#readProperty(this.#property, attributes.value);
    }
  }

  text(piece: string): void {
    if (this.#text.length < LONGEST_TEXT) this.#text += piece.slice(0, LONGEST_TEXT);
  }

  close(): void {
    const name = this.#open.pop();
    if (name === "property") this.#readProperty(this.#property, this.#text);
    else if (name !== undefined && this.#open.length === 0 && saysWhy(signOf(name))) this.#noteMessage(this.#text);
    this.#text = "";
  }

  result(context: Omit<CaseContext, "name" | "className">, kind: EvidenceKind): TestResult {
    const attributes = this.#attributes;
    const className = attributes.classname ?? attributes.class ?? null;
    const reported = attributes.name ?? "";
    const { suiteNames, fileAttribute, producer, pathOf } = context;
    const { name, suite, file } = caseNames({ name: reported, className, suiteNames, fileAttribute, producer, pathOf });
    const result: TestResult = {
      name,
      suite,
      className,
      file,
      line: lineOf(attributes.line ?? attributes.lineno, producer),
      outcome: worstOutcome([...this.#signs, ...this.#words()]),
      tags: uniqueTags([...this.#tags, ...titleTags([reported, className ?? "", ...suiteNames])]),
      assertions: naturalNumber(attributes.assertions),
      expectedToFail: this.#expectedToFail,
      message: this.#message ?? this.#word,
      against: NOTHING,
      kind,
    };
    if (this.#reruns > 0) result.attempts = this.#reruns + 1;
    return result;
  }

  #readSign(name: string, attributes: Attributes): void {
    const sign = signOf(name);
    if (sign === null) return;
    this.#signs.push(sign);
    if (/^(?:rerun|flaky)/iu.test(name)) this.#reruns += 1;
    if (sign === "skipped" && /xfail/iu.test(attributes.type ?? "")) this.#expectedToFail = true;
    const said = attributes.message ?? "";
    if (!saysWhy(sign)) return;
    if (SAYS_NOTHING.test(said)) this.#word ??= said;
    else this.#noteMessage(said);
  }

  #noteMessage(message: string): void {
    this.#message ??= firstLine(message.slice(0, LONGEST_TEXT).replace(GO_MARKS, ""), this.#root);
  }

  #readProperty(name: string, value: string | undefined): void {
    if (value === undefined) return;
    const key = name.toLowerCase();
    const claims = CLAIMING_PROPERTIES.has(key);
    if (!claims && !LABELLING_PROPERTIES.has(key)) return;
    const listed = listedTags(value);
    this.#tags.push(...listed.tags);
    if (claims) for (const other of listed.others) this.#notes.malformedClaim(other, this.#line);
  }

  #words(): Sign[] {
    return ["status", "result"].flatMap((name) => {
      const word = this.#attributes[name]?.trim() ?? "";
      if (word === "") return [];
      const outcome = outcomeOfWord(word);
      if (outcome === null) this.#notes.unknownWord(word, this.#line);
      return [outcome ?? "inconclusive"];
    });
  }
}

/** What the reports of Go say of every test; the reason stands in the text. */
const SAYS_NOTHING = /^(?:Failed|Skipped|Build error)$/u;

/** Lines of `go test -v` about the test, before what the test says itself. */
const GO_MARKS = /^(?:[ \t]*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:FAIL|SKIP|PASS):)[^\n]*(?:\n|$))+/u;

function saysWhy(sign: Sign | null): boolean {
  return sign === "fail" || sign === "error" || sign === "skipped";
}

/** pytest counts lines from 0. */
function lineOf(written: string | undefined, producer: string): number | null {
  const line = naturalNumber(written);
  if (line === null) return null;
  if (producer === "pytest") return line + 1;
  return line === 0 ? null : line;
}

export function naturalNumber(written: string | undefined): number | null {
  return written !== undefined && /^\d{1,15}$/u.test(written) ? Number(written) : null;
}
