import { PatternTable, titleKey } from "../evidence/matching/titles.js";
import { titlePattern } from "../model/title-pattern.js";
import { languageOf } from "../tags/languages.js";
import type { OutlineNode } from "../tags/outline.js";
import { readOutline } from "../tags/outline.js";
import type { Code } from "../tags/source.js";
import { readCode, readSource } from "../tags/source.js";

/** What the source of a test file says of its tests. Made once per file; finding a test does not grow with the file. */
export class DeclaredTests {
  readonly #code: Code | null;
  readonly #byTitle = new Map<string, OutlineNode[]>();
  readonly #patterns = new PatternTable<OutlineNode>();
  /** Tests whose title, or that of a suite around them, is computed. */
  readonly #computed: OutlineNode[] = [];
  readonly #foreign: Foreign;

  /**
   * @param path tells the language by its ending.
   * @param resolved whether the plugin resolves imports for this file, without which only vitest's own assertions count.
   */
  constructor(path: string, text: string, resolved: boolean) {
    const language = languageOf(path);
    this.#code = language === null ? null : readCode(readSource(path, text, language));
    this.#foreign = foreignNames(text, resolved ? COUNTED_MODULE : /^vitest$/);
    for (const node of this.#code === null ? [] : readOutline(this.#code).nodes) this.#add(node);
  }

  #add(node: OutlineNode): void {
    if (node.kind !== "test") return;
    if (isComputed(node)) {
      this.#computed.push(node);
      return;
    }
    const key = titleKey(titlesOf(node));
    const same = this.#byTitle.get(key);
    if (same === undefined) this.#byTitle.set(key, [node]);
    else same.push(node);
    const pattern = titlePattern(key);
    if (pattern !== null) this.#patterns.add(pattern, node);
  }

  /**
   * The declaration of a test by its titles, outermost first. Of several of the same title it is the one of that order
   * among them (from 0), as vitest lists them in the order of the source.
   */
  find(titles: readonly string[], order: number): DeclaredTest {
    const code = this.#code;
    const candidates = this.#candidates(titleKey(titles), order);
    const only = candidates.length === 1 ? candidates[0] : undefined;
    const line = only === undefined || code === null ? null : code.source.lines.lineAt(only.at);
    return {
      line,
      assertsUnseen: () => candidates.length === 0 || candidates.some((each) => this.#assertsUnseen(each)),
    };
  }

  #candidates(key: string, order: number): readonly OutlineNode[] {
    const exact = this.#byTitle.get(key);
    const ordered = exact?.[order];
    if (ordered !== undefined) return [ordered];
    const fitting = exact ?? this.#mostSpecific(this.#patterns.find(key));
    return fitting.length > 0 ? fitting : this.#computed;
  }

  /** A title such as `%s` fits everything, so it yields to one that says more. */
  #mostSpecific(fitting: readonly OutlineNode[]): readonly OutlineNode[] {
    if (fitting.length < 2) return fitting;
    const lengths = fitting.map((node) => literalLength(titleKey(titlesOf(node))));
    const longest = Math.max(...lengths);
    return fitting.filter((_, index) => lengths[index] === longest);
  }

  /** Whether a body may assert by something that is not counted. */
  #assertsUnseen(node: OutlineNode): boolean {
    if (node.body === null || this.#code === null) return true;
    const body = this.#code.text.slice(node.body.start, node.body.end);
    if (FAILS_BY_ITSELF.test(body)) return true;
    for (const [callee] of body.matchAll(CALLEE)) if (isUnseen(callee.replace(/\s/g, ""), this.#foreign)) return true;
    return false;
  }
}

export interface DeclaredTest {
  /** Null when none or several declarations could be meant. */
  line: number | null;
  /**
   * Whether the body holds something that may make it fail and that is not counted as an assertion. Where several bodies
   * could be meant it is enough that one does, and where none is found nothing is known of it.
   */
  assertsUnseen: () => boolean;
}

function literalLength(key: string): number {
  const pattern = titlePattern(key);
  if (pattern === null) return key.length;
  return [pattern.first, ...pattern.middle, pattern.last].reduce((sum, piece) => sum + piece.length, 0);
}

function isComputed(node: OutlineNode): boolean {
  for (let each: OutlineNode | null = node; each !== null; each = each.parent)
    if (each.titles.length === 0) return true;
  return false;
}

function titlesOf(node: OutlineNode): string[] {
  const titles = [...node.ownSuites, node.name];
  for (let outer = node.parent; outer !== null; outer = outer.parent) titles.unshift(...outer.ownSuites, outer.name);
  return titles;
}

const FAILS_BY_ITSELF = /(?<![\w$.])(?:throw|fail|unreachable|reject|done)(?![\w$])|\.\s*should(?![\w$])/;

/** A name with what stands before its dots; `)` stands for the value of another call. */
const CALLEE =
  /(?<![\w$.])(?:[)\]]\s{0,20}\.\s{0,20})?[A-Za-z_$][\w$]*(?:\s{0,20}\??\.\s{0,20}[\w$]+){0,8}(?=\s{0,20}(?:<[^<>()]{0,100}>)?\()/g;

/** Counted, where they come from a module that is counted: see `foreignNames`. */
const COUNTED = /^(?:expect(?:\.(?:soft|poll))?|(?:\w+\.)?assert(?:\.\w+)*)$/;

function isUnseen(callee: string, foreign: Foreign): boolean {
  const segments = callee.split(".");
  const [root = ""] = segments;
  if (foreign.asserting.has(root)) return true;
  if (!segments.some((each) => /^_?(?:assert|expect)(?![a-z])|^verify$/.test(each))) return false;
  if (/^expect\.(?!soft$|poll$)/.test(callee)) return false;
  return !COUNTED.test(callee) || foreign.names.has(root);
}

const IMPORT = /(?<![\w$.])import\s{1,20}([^;"'()]{1,2000}?)\s{0,20}from\s{0,20}["']([^"'\n]{1,200})["']/g;

const REQUIRE = /(?<![\w$.])(?:const|let|var)\s{1,20}([^=;]{1,500}?)=\s{0,20}require\s{0,20}\(/g;

const COUNTED_MODULE = /^(?:vitest|(?:node:)?assert(?:\/strict)?|fast-check)$/;

/** Packages whose calls assert whatever they are named. */
const ASSERTING_MODULE =
  /^(?:node:)?(?:assert|fast-check|[^.].*(?:assert|expect|should|chai|tap|supertest|jest|testing-library))/;

interface Foreign {
  /** Imported from modules whose assertions are not counted, or required past the plugin. */
  names: Set<string>;
  /** Those of them that come from a package that is there to assert. */
  asserting: Set<string>;
}

function foreignNames(text: string, counted: RegExp): Foreign {
  const foreign: Foreign = { names: new Set(), asserting: new Set() };
  for (const [, names = "", module = ""] of text.matchAll(IMPORT)) {
    if (counted.test(module)) continue;
    for (const [name] of names.matchAll(/[A-Za-z_$][\w$]*/g)) {
      foreign.names.add(name);
      if (ASSERTING_MODULE.test(module)) foreign.asserting.add(name);
    }
  }
  for (const [, names = ""] of text.matchAll(REQUIRE)) {
    for (const [name] of names.matchAll(/[A-Za-z_$][\w$]*/g)) foreign.names.add(name);
  }
  return foreign;
}
