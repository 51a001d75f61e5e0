import { languageOf } from "../../tags/languages.js";
import type { Code } from "../../tags/source.js";
import { readCode, readSource } from "../../tags/source.js";
import type { Anchors } from "./anchors.js";
import { folded, htmlAnchors, markdownAnchors, slugOf } from "./anchors.js";
import { isData, keyLines } from "./data-keys.js";
import type { Occurrence } from "./declarations.js";
import { bestOf, isWithin, occurrences } from "./declarations.js";
import type { LinkedSymbol } from "./symbol.js";
import { leadingSymbol } from "./symbol.js";
import type { Title } from "./titles.js";
import { comparable, firstAnnotation, isTitled, readTitles } from "./titles.js";

/** Where a symbol stands in a file. */
export interface Standing {
  /** Whether it stands in the lines asked about. */
  here: boolean;
  /** The lines a link to it may name, in order, each once: its declarations where there are any. */
  places: number[];
}

/** Signs of markdown whose headings are read: the time that one block takes grows with the square of its length. */
const MOST_MARKDOWN = 2 * 1024 * 1024;

const NOWHERE: Standing = { here: false, places: [] };

/** A linked file, read as far as the links into it need. */
export class TargetFile {
  readonly path: string;
  readonly #text: string;
  readonly #lines: string[];
  #code: Code | null | undefined;
  #titles: Title[] | undefined;
  #anchors: Anchors | null | undefined;

  constructor(path: string, raw: string) {
    this.path = path;
    this.#text = raw.startsWith("\uFEFF") ? raw.slice(1) : raw;
    this.#lines = this.#text.split("\n");
    if (this.#lines.at(-1) === "") this.#lines.pop();
  }

  /** Signs of the file, for a bound on what is held. */
  get size(): number {
    return this.#text.length;
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** Whether it is source in a language that can be told from its comments and strings. */
  get isCode(): boolean {
    return this.#readCode() !== null;
  }

  /** Null when the format has anchors that are not read here. */
  hasAnchor(anchor: string, asHeading: boolean): { found: boolean; near: string | null } | null {
    const anchors = this.#readAnchors();
    if (anchors === null) return null;
    // The top of any document, after the HTML standard, section 7.4.6.4.
    if (anchor.toLowerCase() === "top") return { found: true, near: null };
    if (anchors.ids.has(anchor)) return { found: true, near: null };
    if (asHeading && (anchors.headings.has(folded(anchor)) || anchors.ids.has(slugOf(anchor)))) {
      return { found: true, near: null };
    }
    const lower = anchor.toLowerCase();
    const near =
      [...anchors.ids].find((id) => id.toLowerCase() === lower) ??
      (anchors.ids.has(slugOf(anchor)) ? slugOf(anchor) : null);
    return { found: false, near };
  }

  /** Looks for a symbol in lines `from` to `to` (both included) and in the whole file. */
  find(symbol: LinkedSymbol, from: number, to: number): Standing {
    if (symbol.name !== null && symbol.qualifiers.length > 0 && isData(this.path)) {
      const places = keyLines(this.#text, symbol.text, symbol.name, symbol.qualifiers);
      return { here: places.some((line) => line >= from && line <= to), places };
    }
    const code = this.#readCode();
    if (code === null) return this.#findText(symbol, from, to);
    if (symbol.name === null) {
      const titled = this.#findTitle(code, symbol, from, to);
      const leading = titled.places.length > 0 ? null : leadingSymbol(symbol.text);
      return leading === null ? titled : this.#findName(code, leading, from, to);
    }
    const named = this.#findName(code, symbol, from, to);
    // One word can be the title of a test as well.
    const titled = named.here ? NOWHERE : this.#findTitle(code, symbol, from, to);
    const found = { here: named.here || titled.here, places: distinct([...named.places, ...titled.places]) };
    return found.places.length > 0 ? found : this.#findInSuite(code, symbol, from, to);
  }

  /** The lines at which it declares a name, in what its qualifier names; none for titles that begin with no name. */
  declarationsOf(symbol: LinkedSymbol): number[] {
    const code = this.#readCode();
    const named = symbol.name === null ? leadingSymbol(symbol.text) : symbol;
    if (code === null || named === null) return [];
    const owner = named.qualifiers.at(-1);
    const declared = occurrences(code, named.name ?? "").filter(({ how }) => how === "declared");
    const owned = declared.filter((each) => owner === undefined || this.#isNamed(owner) || isWithin(code, each, owner));
    return distinct(owned.map(({ line }) => line));
  }

  /** The lines at which it declares a test or suite of a title. */
  testsOf(symbol: LinkedSymbol): number[] {
    const code = this.#readCode();
    if (code === null) return [];
    this.#titles ??= readTitles(code);
    return distinct(
      this.#titles.filter((each) => each.declared && isTitled(each, symbol.text)).map(({ line }) => line),
    );
  }

  /** A test of one word, qualified by suites of one word each. */
  #findInSuite(code: Code, { name, qualifiers }: LinkedSymbol, from: number, to: number): Standing {
    if (name === null || qualifiers.length === 0) return NOWHERE;
    this.#titles ??= readTitles(code);
    const within = this.#titles.filter(
      (title) => title.declared && isTitled(title, name) && qualifiers.every((each) => title.suites.includes(each)),
    );
    return {
      here: within.some((title) => title.fromLine <= to && title.toLine >= from),
      places: distinct(within.map((title) => title.line)),
    };
  }

  #findName(code: Code, symbol: LinkedSymbol, from: number, to: number): Standing {
    const name = symbol.name ?? "";
    const written = occurrences(code, name);
    // A macro is called with a sign that its declaration does not have.
    const all = written.length === 0 && name.endsWith("!") ? occurrences(code, name.slice(0, -1)) : written;
    if (all.length === 0 || !symbol.qualifiers.every((each) => this.#knows(code, each))) return NOWHERE;
    const owned = this.#owned(code, all, symbol);
    const candidates = owned.length > 0 ? owned : all;
    return standing(code, candidates, bestOf(code, candidates), from, to);
  }

  /** Those of the occurrences that stand in what the qualifier names; all when none does, as for a module's name. */
  #owned(code: Code, all: readonly Occurrence[], { qualifiers }: LinkedSymbol): Occurrence[] {
    const owner = qualifiers.at(-1);
    if (owner === undefined || occurrences(code, owner).every((each) => each.how !== "declared")) return [...all];
    const declared = all.filter((each) => each.how !== "used" && isWithin(code, each, owner));
    // Written out with its owner, a use is told by what stands before it.
    const used = all.filter((each) => each.how === "used");
    return declared.length > 0 ? [...declared, ...used].sort((a, b) => a.offset - b.offset) : [...all];
  }

  #knows(code: Code, qualifier: string): boolean {
    return this.#isNamed(qualifier) || occurrences(code, qualifier).length > 0;
  }

  /** Whether a qualifier is the name of the file, or of a folder around it, as modules are named. */
  #isNamed(qualifier: string): boolean {
    const stems = this.path.split("/").map((segment) => segment.replace(/\..*$/u, "").toLowerCase());
    return stems.includes(qualifier.toLowerCase());
  }

  #findTitle(code: Code, symbol: LinkedSymbol, from: number, to: number): Standing {
    this.#titles ??= readTitles(code);
    const titles = this.#titles.filter((title) => isTitled(title, symbol.text));
    if (titles.length === 0) return symbol.name === null ? this.#findPhrase(code, symbol, from, to) : NOWHERE;
    const declared = titles.filter((title) => title.declared);
    const best = declared.length > 0 ? declared : titles;
    return {
      here: titles.some((title) => title.fromLine <= to && title.toLine >= from),
      places: distinct(best.map((title) => title.line)),
    };
  }

  /** A phrase that stands in code as it is written: `class Catalog`. */
  #findPhrase(code: Code, symbol: LinkedSymbol, from: number, to: number): Standing {
    const wanted = symbol.text.replace(/\s+/g, " ");
    if (wanted.length < 3) return NOWHERE;
    const lines = code.text.split("\n");
    return standsIn(lines, (line) => holds(line.replace(/\s+/g, " "), wanted), from, to);
  }

  #findText(symbol: LinkedSymbol, from: number, to: number): Standing {
    const wanted = comparable(symbol.text);
    if (wanted === "") return NOWHERE;
    const whole = standsIn(this.#lines, (line) => holds(comparable(line), wanted), from, to);
    const { name, qualifiers } = symbol;
    if (whole.places.length > 0 || name === null || qualifiers.length === 0) return whole;
    if (!qualifiers.every((each) => this.#lines.some((line) => holds(line, each)))) return NOWHERE;
    return standsIn(this.#lines, (line) => holds(line, name), from, to);
  }

  #readCode(): Code | null {
    if (this.#code !== undefined) return this.#code;
    const language = languageOf(this.path);
    this.#code = language === null ? null : readCode(readSource(this.path, this.#text, language));
    return this.#code;
  }

  #readAnchors(): Anchors | null {
    if (this.#anchors !== undefined) return this.#anchors;
    this.#anchors = /\.(?:md|markdown|mdx)$/i.test(this.path)
      ? this.size > MOST_MARKDOWN
        ? null
        : markdownAnchors(this.#text)
      : /\.x?html?$/i.test(this.path)
        ? htmlAnchors(this.#text)
        : null;
    return this.#anchors;
  }
}

function standing(
  code: Code,
  all: readonly Occurrence[],
  best: readonly Occurrence[],
  from: number,
  to: number,
): Standing {
  // The annotations above a declaration are part of it.
  const starts = best.flatMap(({ how, line }) =>
    how === "used" ? [] : [{ first: firstAnnotation(code, line), line }],
  );
  return {
    here:
      all.some(({ line }) => line >= from && line <= to) ||
      starts.some(({ first, line }) => first <= to && line >= from),
    places: distinct(best.map(({ line }) => line)),
  };
}

function standsIn(lines: readonly string[], fits: (line: string) => boolean, from: number, to: number): Standing {
  const places = lines.flatMap((line, index) => (fits(line) ? [index + 1] : []));
  return { here: places.some((line) => line >= from && line <= to), places };
}

/** Whether a text holds another between word borders. */
function holds(text: string, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const starts = !isWord(wanted[0]) || !isWord(text[at - 1]);
    const ends = !isWord(wanted.at(-1)) || !isWord(text[at + wanted.length]);
    if (starts && ends) return true;
  }
  return false;
}

function isWord(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}_$]/u.test(sign);
}

function distinct(lines: readonly number[]): number[] {
  return [...new Set(lines)].sort((a, b) => a - b);
}
