import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { besidePath, circlesOf, isLibrary, openedPath } from "./open.js";
import { plainText } from "./padding.js";
import type { AlloyText, Open } from "./text/paragraph.js";
import { parseAlloy } from "./text/parse.js";
import { Places } from "./text/places.js";

interface Held {
  text: AlloyText;
  /** Files it opens, in order, without those that come with Alloy. */
  opens: string[];
  whole: boolean;
}

/** Alloy texts by path, each read once, with what they open. */
export class Library {
  readonly #read: (path: string) => string | null;
  readonly #held = new Map<string, Held>();
  readonly #findings: Finding[] = [];

  /** `read` gives the text of a file of the judged root, null when there is none. */
  constructor(read: (path: string) => string | null) {
    this.#read = read;
  }

  /** Takes a text in and everything it opens; null when there is no such file. */
  add(path: string, given?: string): AlloyText | null {
    const known = this.#held.get(path);
    const text = given ?? (known === undefined ? this.#read(path) : null);
    if (known !== undefined || text === null) return known?.text ?? null;
    const pending = [this.#hold(path, text)];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) pending.push(...this.#follow(next));
    return this.#held.get(path)?.text ?? null;
  }

  /** Everything that a text opens, itself first, and whether nothing of it is missing. */
  closure(path: string): { texts: AlloyText[]; whole: boolean } {
    const seen = new Set([path]);
    const texts: AlloyText[] = [];
    let whole = true;
    for (const each of seen) {
      const held = this.#held.get(each);
      if (held === undefined) continue;
      texts.push(held.text);
      whole &&= held.whole;
      for (const opened of held.opens) seen.add(opened);
    }
    return { texts, whole };
  }

  /** Paths that others open. */
  opened(): Set<string> {
    return new Set([...this.#held.values()].flatMap(({ opens }) => opens));
  }

  /** ALLOY001 and ALLOY002 of all texts so far. */
  findings(): Finding[] {
    const opens = new Map([...this.#held].map(([path, held]) => [path, held.opens]));
    const circles = circlesOf(opens).flatMap(({ from, to }) => {
      const text = this.#held.get(from)?.text;
      return text === undefined ? [] : [circleFinding(text, to)];
    });
    return [...this.#findings, ...circles];
  }

  #hold(path: string, text: string): Held {
    const known = this.#held.get(path);
    if (known !== undefined) return known;
    const held = { text: parseAlloy(path, plainText(text)), opens: [], whole: true };
    this.#held.set(path, held);
    return held;
  }

  /** Finds what a text opens; gives what was not known before. */
  #follow(held: Held): Held[] {
    const found: Held[] = [];
    for (const open of opensOf(held.text)) {
      const path = openedPath(placeOf(held.text), open.path.text);
      const known = path === null ? undefined : this.#held.get(path);
      const text = path === null || known !== undefined ? null : this.#read(path);
      if (path !== null && (known !== undefined || text !== null)) {
        held.opens.push(path);
        if (text !== null) found.push(this.#hold(path, text));
      } else if (!isLibrary(open.path.text)) {
        held.whole = false;
        this.#findings.push(this.#missing(held.text, open, path));
      }
    }
    return found;
  }

  #missing(text: AlloyText, open: Open, path: string | null): Finding {
    const name = open.path.text;
    const beside = besidePath({ path: text.file }, name);
    const isBeside = beside !== path && this.#read(beside) !== null;
    return finding({
      code: "ALLOY001",
      message: `Unexpected \`open ${name}\`, expected ${path === null ? "a file inside the judged folder" : `the file ${path}`}`,
      span: new Places(text.file, text.text).span(open.path),
      subject: name,
      ...(isBeside ? { suggestion: `${beside} is there, but this module calls itself ${placeOf(text).module}.` } : {}),
    });
  }
}

export function opensOf(text: AlloyText): Open[] {
  return text.paragraphs.filter((each) => each.kind === "open");
}

/** Where a text stands, and the name its module gives itself. */
function placeOf(text: AlloyText): { path: string; module: string | null } {
  return { path: text.file, module: text.paragraphs.find((each) => each.kind === "module")?.name.text ?? null };
}

function circleFinding(text: AlloyText, to: string): Finding {
  const open = opensOf(text).find((each) => openedPath(placeOf(text), each.path.text) === to);
  return finding({
    code: "ALLOY002",
    message: `Unexpected circle: ${text.file} opens ${to}, which opens it again, expected modules that do not open themselves`,
    span: new Places(text.file, text.text).span(open?.path ?? { start: 0, end: 0 }),
    subject: to,
  });
}
