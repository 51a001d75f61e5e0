import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Reference, ReferenceForm, ReferenceRole, TestDeclaration } from "../model/reference.js";
import { readAssertions } from "./assertions.js";
import type { Carried } from "./carriers.js";
import { mayCarry, readCarriers } from "./carriers.js";
import type { CommentClaim } from "./claims.js";
import { readClaims } from "./claims.js";
import { commentBlocks } from "./comments.js";
import { isTestPath, languageOf } from "./languages.js";
import type { Outline, OutlineNode } from "./outline.js";
import { enclosing, following, readOutline, testsOf } from "./outline.js";
import type { Source } from "./source.js";
import { readCode, readSource } from "./source.js";
import { tellingNames } from "./telling-names.js";

export interface SourceInput {
  /** Relative to the judged root; its ending tells the language. */
  path: string;
  text: string;
  /** Whether it is a test file; told from the path by the conventions of the language when left out. */
  test?: boolean;
}

export interface SourceScan {
  /** In order of place. One on a suite is repeated for every test in it. */
  references: Reference[];
  /** The tests that references stand on or in, in order of place. */
  tests: TestDeclaration[];
  /** TAG005 and TAG009: what can be told without knowing the tags there are. */
  findings: Finding[];
}

/** A reference on a suite is repeated for at most so many tests of a file, lest hostile input multiply. */
const SPREAD_LIMIT = 20_000;

/** What every reference and every malformed claim holds; most files hold nothing of it. */
const COULD_HOLD = /[A-Z0-9]-[A-Z0-9]|@(?:implements|verifies)|traceSpec|[Vv]erifies|mplements["']?\s?[(:=]/;

/**
 * Finds every reference in a source file and the tests they belong to. A file in no known language has none. Time and
 * memory grow linearly with the text, whatever it holds.
 */
export function scanSource(input: SourceInput): SourceScan {
  const language = languageOf(input.path);
  if (language === null || !COULD_HOLD.test(input.text)) return { references: [], tests: [], findings: [] };
  const text = input.text.startsWith("\uFEFF") ? input.text.slice(1) : input.text;
  const source = readSource(input.path, text, language);
  const isTest = input.test ?? isTestPath(input.path);
  const read = commentBlocks(source).map((block) => readClaims(source, block));
  const claims = read.flatMap((each) => each.claims);
  const gathering = new Gathering(source, isTest, needsOutline(source, isTest, claims) ? outlineOf(source) : null);
  for (const claim of claims) gathering.addComment(claim);
  const carried = gathering.addCarriers();
  const findings = [...read.flatMap((each) => each.findings), ...carried, ...gathering.findings];
  return { ...gathering.result(), findings };
}

function outlineOf(source: Source): Outline {
  return readOutline(readCode(source));
}

/** Reading code costs more than reading comments, and product code that only says what it implements needs none. */
function needsOutline(source: Source, isTest: boolean, claims: readonly CommentClaim[]): boolean {
  const { tests } = source.language;
  if (tests === undefined) return false;
  if (claims.some((each) => each.role === "verifies") || mayCarry(source)) return true;
  return claims.length > 0 && (isTest || tests.inline === true);
}

/** A test that was commented out behind its reference: the next test below is another one. */
const COMMENTED_OUT =
  /\n\s*(?:\/\/|#|\*|--)?\s*(?:(?:it|test)(?:\.\w+)*\s*\(\s*["'`]|(?:async\s+)?def\s+test_|func\s+Test\w*\s*\(|@Test\b|#\[test\]|(?:public\s+)?void\s+\w+\s*\()/u;

class Gathering {
  readonly findings: Finding[] = [];
  readonly #source: Source;
  readonly #isTest: boolean;
  readonly #outline: Outline | null;
  readonly #references: { reference: Reference; start: number }[] = [];
  readonly #tests = new Map<OutlineNode, TestDeclaration>();
  #spread = 0;

  constructor(source: Source, isTest: boolean, outline: Outline | null) {
    this.#source = source;
    this.#isTest = isTest;
    this.#outline = outline;
  }

  addComment(claim: CommentClaim): void {
    const tests = this.#testsAt(claim);
    const role = claim.role ?? this.#plainRole(tests);
    this.#add({ ...claim, role, form: "comment" }, role === "implements" ? [] : tests);
    const standsOnNothing = claim.role === "verifies" && tests.length === 0;
    if (standsOnNothing && this.#isTest && this.#outline !== null) this.#reportStray(claim);
  }

  addCarriers(): Finding[] {
    const outline = this.#outline;
    if (outline === null) return [];
    const { carried, findings } = readCarriers(outline);
    for (const each of carried) {
      const node = each.node ?? nodeAt(outline, each);
      const tests = node === null ? [] : testsOf(outline, node);
      const role = each.role ?? this.#plainRole(tests);
      this.#add({ ...each, role, quote: null }, role === "implements" ? [] : tests);
    }
    return findings;
  }

  result(): Pick<SourceScan, "references" | "tests"> {
    this.#references.sort((a, b) => a.start - b.start);
    if (this.#outline !== null) {
      for (const [node, names] of tellingNames(this.#outline.nodes, this.#tests)) {
        const test = this.#tests.get(node);
        if (test !== undefined) Object.assign(test, names);
      }
    }
    const tests = [...this.#tests].sort(([a], [b]) => a.start - b.start).map(([, test]) => test);
    return { references: this.#references.map((each) => each.reference), tests };
  }

  /** A plain tag verifies where tests are, mentions in a model and implements elsewhere. */
  #plainRole(tests: readonly OutlineNode[]): ReferenceRole {
    if (this.#source.language.models === true) return "mentions";
    const inline = this.#source.language.tests?.inline === true && tests.length > 0;
    return this.#isTest || inline ? "verifies" : "implements";
  }

  /** The tests a comment stands in, behind or above. */
  #testsAt({ block, start }: CommentClaim): OutlineNode[] {
    const outline = this.#outline;
    if (outline === null) return [];
    if (block.documents) return documented(outline, block.start);
    const around = enclosing(outline, start);
    if (around?.kind === "test") return [around];
    if (COMMENTED_OUT.test(this.#source.text.slice(start, block.after))) return [];
    const node = block.trailing ? this.#nodeBefore(outline, block.before) : following(outline, block.after);
    return node === null ? [] : testsOf(outline, node);
  }

  /** What the code before a trailing comment belongs to: the test that ends there, the suite whose head it is. */
  #nodeBefore(outline: Outline, before: number): OutlineNode | null {
    const { lines, text } = this.#source;
    const offset = /[;,]/.test(text[before] ?? "") ? before - 1 : before;
    const node = enclosing(outline, offset);
    if (node?.kind !== "suite") return node;
    return lines.lineAt(node.at) === lines.lineAt(before) ? node : null;
  }

  #add(
    found: Pick<CommentClaim, "tag" | "explicit" | "start" | "end" | "quote"> & {
      role: ReferenceRole;
      form: ReferenceForm;
    },
    nodes: readonly OutlineNode[],
  ): void {
    const { tag, role, form, explicit, start, end } = found;
    const { lines } = this.#source;
    const quote =
      found.quote === null ? null : { text: found.quote.text, span: lines.span(found.quote.start, found.quote.end) };
    const common = { tag, role, form, explicit, span: lines.span(start, end), quote };
    const spread = this.#spread < SPREAD_LIMIT ? nodes : nodes.slice(0, 1);
    this.#spread += spread.length;
    if (spread.length === 0) this.#references.push({ reference: { ...common, test: null }, start });
    for (const node of spread) this.#references.push({ reference: { ...common, test: this.#declare(node) }, start });
  }

  #declare(node: OutlineNode): TestDeclaration {
    const known = this.#tests.get(node);
    if (known !== undefined) return known;
    const { lines, path } = this.#source;
    const suite: string[] = [...node.ownSuites];
    for (let outer = node.parent; outer !== null; outer = outer.parent) suite.unshift(...outer.ownSuites, outer.name);
    const code = this.#outline?.code;
    const test: TestDeclaration = {
      file: path,
      line: lines.lineAt(node.at),
      endLine: lines.lineAt(Math.max(node.at, node.end - 1)),
      name: node.name,
      suite,
      ...(code === undefined ? { assertions: "unknown" as const } : readAssertions(code, node)),
    };
    this.#tests.set(node, test);
    return test;
  }

  #reportStray(claim: CommentClaim): void {
    this.findings.push(
      finding({
        code: "TAG009",
        message: `Unexpected \`@verifies ${claim.tag}\` on no test, expected a test around it or directly below it`,
        span: this.#source.lines.span(claim.start, claim.end),
        tags: [claim.tag],
        subject: claim.tag,
      }),
    );
  }
}

/** The tests of the declaration whose head stands right before an offset; none where that is another's, such as a helper's. */
function documented(outline: Outline, offset: number): OutlineNode[] {
  const { text } = outline.code;
  let head = /[A-Za-z]/.test(text[offset - 1] ?? "") ? offset - 2 : offset - 1;
  while (head >= 0 && text.charCodeAt(head) <= 32) head--;
  const node = enclosing(outline, head);
  return node?.body?.start === head + 1 ? testsOf(outline, node) : [];
}

/** The test that a call stands in; the declaration that an annotation stands in or else leads to. */
function nodeAt(outline: Outline, { form, start, after }: Carried): OutlineNode | null {
  const around = enclosing(outline, start);
  if (around?.kind === "test") return around;
  return form === "traceSpec" ? null : following(outline, after);
}
