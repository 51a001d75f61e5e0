import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { ResultSet } from "../../model/result.js";
import { lineSpan } from "../../model/span.js";
import { JunitCase, naturalNumber } from "./junit-case.js";
import { producerOf } from "./junit-producer.js";
import { reportedPath } from "./paths.js";
import type { ReaderInput, ResultReader } from "./reader.js";
import { emptySet, heldFewer, nothingReported, unreadable } from "./reader.js";
import type { Attributes, XmlPlace, XmlScan } from "./xml.js";
import { scanXml } from "./xml.js";

/** Deeper nesting adds no titles: no runner nests so far, and titles must not grow with hostile input. */
const DEEPEST_TITLES = 32;

/** One mistake of a producer stands on every test; the first few say enough. */
const MOST_NOTES = 20;

const CONTAINERS = new Set(["testsuites", "testsuite"]);

/** JUnit XML in the dialects of the common runners. There is no standard; see junit-names.ts and junit-outcome.ts. */
export const junitReader: ResultReader = {
  format: "junit",
  syntax: "xml",
  detect: (content) => content.syntax === "xml" && CONTAINERS.has(localName(content.root)),
  read: (input) => new JunitReport(input).read(),
};

interface OpenSuite {
  /** Names of this suite and those around it, outermost first. */
  names: readonly string[];
  file: string | null;
  /** What the outermost element with a count declares; null below one. */
  declared: Declared | null;
}

interface Declared {
  line: number;
  tests: number;
  skipped: number;
  failing: number;
  /** What had been read when it was opened. */
  before: Held;
}

interface Held {
  tests: number;
  skipped: number;
  failing: number;
}

/** Reads one report. */
class JunitReport {
  readonly #input: ReaderInput;
  readonly #set: ResultSet;
  readonly #suites: OpenSuite[] = [];
  readonly #held: Held = { tests: 0, skipped: 0, failing: 0 };
  readonly #unknownWords = new Map<string, { line: number; count: number }>();
  readonly #malformedClaims = new Map<string, number>();
  #case: JunitCase | null = null;
  #depthInCase = 0;
  #counting = false;
  /** The path that was asked for last, as reported and as it counts. */
  #reported = "";
  #path: string | null = null;

  constructor(input: ReaderInput) {
    this.#input = input;
    this.#set = emptySet(input.path, "junit", "junit");
  }

  read(): ResultSet {
    const scan = scanXml(this.#input.text, {
      open: (name, attributes, place) => this.#open(localName(name), attributes, place),
      text: (text) => this.#case?.text(text),
      close: (name) => this.#close(localName(name)),
    });
    const { path } = this.#input;
    const { findings, tests } = this.#set;
    findings.push(...textFindings(path, scan), ...this.#notes());
    if (tests.length === 0 && scan.fault === null) findings.push(nothingReported(path, "a test"));
    return this.#set;
  }

  #open(name: string, attributes: Attributes, place: XmlPlace): void {
    if (this.#case !== null) {
      this.#depthInCase += 1;
      this.#case.open(name, attributes);
      return;
    }
    if (this.#set.producer.name === "junit" && this.#suites.length < 3) {
      const producer = producerOf(name, attributes);
      if (producer !== null) this.#set.producer.name = producer;
    }
    if (CONTAINERS.has(name)) this.#openSuite(name, attributes, place);
    else if (name === "testcase") {
      this.#depthInCase = 0;
      this.#case = new JunitCase(attributes, place.line, this.#input.root, {
        unknownWord: (word, line) => this.#noteWord(word, line),
        malformedClaim: (claim, line) => this.#noteClaim(claim, line),
      });
    }
  }

  #openSuite(element: string, attributes: Attributes, place: XmlPlace): void {
    const outer = this.#suites.at(-1);
    const names = outer?.names ?? [];
    const own = element === "testsuite" ? (attributes.name ?? "") : "";
    const declared = this.#counting ? null : declaredBy(attributes, place.line, this.#held);
    this.#counting ||= declared !== null;
    this.#suites.push({
      names: own === "" || names.length >= DEEPEST_TITLES ? names : [...names, own],
      file: attributes.file ?? attributes.filepath ?? outer?.file ?? null,
      declared,
    });
  }

  #close(name: string): void {
    if (this.#case !== null) {
      if (this.#depthInCase > 0) {
        this.#depthInCase -= 1;
        this.#case.close();
      } else this.#closeCase(this.#case);
    } else if (CONTAINERS.has(name)) {
      const declared = this.#suites.pop()?.declared ?? null;
      if (declared === null) return;
      this.#counting = false;
      this.#set.findings.push(...countFindings(this.#input.path, declared, this.#held));
    }
  }

  #closeCase(open: JunitCase): void {
    this.#case = null;
    const suite = this.#suites.at(-1);
    const context = {
      fileAttribute: open.file ?? suite?.file ?? null,
      suiteNames: suite?.names ?? [],
      producer: this.#set.producer.name,
      pathOf: (reported: string) => this.#pathOf(reported),
    };
    const result = open.result(context, this.#input.kind ?? "test.unit");
    this.#set.tests.push(result);
    this.#held.tests += 1;
    if (result.outcome === "skipped") this.#held.skipped += 1;
    if (result.outcome === "fail" || result.outcome === "error") this.#held.failing += 1;
  }

  /** Cases of one file follow each other. */
  #pathOf(reported: string): string | null {
    if (reported !== this.#reported) {
      this.#reported = reported;
      this.#path = reportedPath(reported, this.#input.root);
    }
    return this.#path;
  }

  #noteWord(word: string, line: number): void {
    const known = this.#unknownWords.get(word);
    if (known !== undefined) known.count += 1;
    else if (this.#unknownWords.size < MOST_NOTES) this.#unknownWords.set(word, { line, count: 1 });
  }

  #noteClaim(claim: string, line: number): void {
    if (this.#malformedClaims.has(claim) || this.#malformedClaims.size >= MOST_NOTES) return;
    this.#malformedClaims.set(claim, line);
  }

  #notes(): Finding[] {
    const { path } = this.#input;
    const words = [...this.#unknownWords].map(([word, { line, count }]) => unknownWord(path, word, line, count));
    const claims = [...this.#malformedClaims].map(([claim, line]) => malformedClaim(path, claim, line));
    return [...words, ...claims];
  }
}

function declaredBy(attributes: Attributes, line: number, held: Held): Declared | null {
  const tests = naturalNumber(attributes.tests);
  if (tests === null) return null;
  const sum = (...names: string[]): number =>
    names.reduce((total, name) => total + (naturalNumber(attributes[name]) ?? 0), 0);
  const skipped = sum("skipped", "disabled");
  return { line, tests, skipped, failing: sum("failures", "errors"), before: { ...held } };
}

/**
 * RES011 when fewer tests stand in the report than it declares, or none of the failures it declares. More than declared
 * is common (retries, hooks, suites that count their direct children only), and so are skipped tests that are counted
 * and not listed.
 */
function countFindings(path: string, declared: Declared, held: Held): Finding[] {
  const tests = held.tests - declared.before.tests;
  const unlisted = Math.max(0, declared.skipped - (held.skipped - declared.before.skipped));
  const failing = held.failing - declared.before.failing;
  const findings: Finding[] = [];
  if (tests + unlisted < declared.tests) {
    findings.push(heldFewer(path, tests, declared.tests, "tests", declared.line));
  }
  if (failing === 0 && declared.failing > 0) {
    findings.push(heldFewer(path, 0, declared.failing, "failures", declared.line));
  }
  return findings;
}

function textFindings(path: string, scan: XmlScan): Finding[] {
  const findings: Finding[] = [];
  if (scan.fault !== null) {
    const { what, line, column } = scan.fault;
    findings.push(unreadable(path, `Unexpected XML (${what}), expected a complete, well-formed report`, line, column));
  }
  if (scan.encoding !== null && !/^(?:utf-?8|us-ascii|ascii)$/iu.test(scan.encoding)) {
    const message = `Unexpected encoding "${scan.encoding.slice(0, 40)}", expected UTF-8, as which it was read`;
    findings.push(finding({ code: "RES012", message, span: lineSpan(path, 1), subject: "encoding" }));
  }
  if (scan.disallowed !== null) {
    const { first, count } = scan.disallowed;
    const message = `Unexpected control characters (${count}), expected none: XML does not allow them`;
    findings.push(
      finding({ code: "RES012", message, span: lineSpan(path, first.line, first.column), subject: "characters" }),
    );
  }
  return findings;
}

function unknownWord(path: string, word: string, line: number, count: number): Finding {
  const times = count === 1 ? "" : ` (${count} times)`;
  return finding({
    code: "RES009",
    message: `Unexpected status "${word.slice(0, 40)}"${times}, expected a word such as passed, failed or skipped`,
    span: lineSpan(path, line),
    subject: word,
  });
}

function malformedClaim(path: string, claim: string, line: number): Finding {
  return finding({
    code: "RES013",
    message: `Unexpected claim "${claim.slice(0, 80)}", expected a tag such as AREA-NAME`,
    span: lineSpan(path, line),
    subject: claim,
  });
}

/** A name without its namespace prefix. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}
