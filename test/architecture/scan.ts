/** A module that a source file names. */
export interface ImportedModule {
  /** Null when the specifier is computed, so that nobody can tell by reading. */
  specifier: string | null;
  line: number;
  /** `import type` and `export type`: gone once compiled. */
  typeOnly: boolean;
}

export interface ScannedSource {
  /** The text with comments, the inside of strings and regular expressions blanked; every offset stays as it was. */
  code: string;
  imports: ImportedModule[];
}

/** Words and characters after which a slash starts a regular expression and does not divide. */
const BEFORE_REGEX =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|delete|void|throw|new|else|do|yield|await|instanceof))$/;

/**
 * Tells the code of a TypeScript file from its comments and literals, well enough to look for names in it, and reads its
 * imports: static, dynamic, re-exporting, `require` and those of types.
 */
export function scanSource(text: string): ScannedSource {
  const scanner = new Scanner(text);
  scanner.run();
  const code = scanner.code.join("");
  return { code, imports: findImports(code, scanner.strings) };
}

class Scanner {
  readonly code: string[] = [];
  /** Content of string literals by the offset of the opening quotation mark. */
  readonly strings = new Map<number, string>();
  private readonly text: string;
  private at = 0;
  /** For each template that is open, how many braces are open in its current placeholder. */
  private readonly templates: number[] = [];
  /** The last few characters of code, blanks left out. */
  private before = "";

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    while (this.at < this.text.length) this.step();
  }

  private step(): void {
    const character = this.text[this.at] ?? "";
    const pair = this.text.slice(this.at, this.at + 2);
    if (pair === "//") this.blankTo(this.endOf("\n", 0));
    else if (pair === "/*") this.blankTo(this.endOf("*/", 2));
    else if (character === '"' || character === "'") this.string(character);
    else if (character === "`") this.template(1);
    else if (character === "/" && this.startsRegex()) this.regex();
    else if (character === "}" && this.templates.at(-1) === 0) this.template(0);
    else this.plain(character);
  }

  private startsRegex(): boolean {
    return BEFORE_REGEX.test(this.before) && !/\+\+$|--$/.test(this.before);
  }

  private plain(character: string): void {
    const open = this.templates.length - 1;
    if (open >= 0 && character === "{") this.templates[open] = (this.templates[open] ?? 0) + 1;
    if (open >= 0 && character === "}") this.templates[open] = (this.templates[open] ?? 0) - 1;
    this.keep(character);
  }

  private keep(character: string): void {
    this.code.push(character);
    this.at += 1;
    if (!/\s/.test(character)) this.before = (this.before + character).slice(-12);
    else if (/\w$/.test(this.before)) this.before += " ";
    this.before = this.before.replace(/ $/, /\w /.test(this.before) ? "" : " ");
  }

  private blankTo(end: number): void {
    this.code.push(this.text.slice(this.at, end).replace(/[^\n]/g, " "));
    this.at = end;
  }

  private endOf(mark: string, length: number): number {
    const found = this.text.indexOf(mark, this.at + length);
    return found < 0 ? this.text.length : found + length;
  }

  private string(quote: string): void {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== quote && this.text[end] !== "\n") {
      end += this.text[end] === "\\" ? 2 : 1;
    }
    this.strings.set(start, this.text.slice(start + 1, end));
    this.keep(quote);
    this.blankTo(Math.min(end, this.text.length));
    if (this.text[this.at] === quote) this.keep(quote);
  }

  /** Template text from a backtick (`open` 1) or behind a placeholder (0), up to the next placeholder or the end. */
  private template(open: 0 | 1): void {
    const start = this.at;
    if (open === 0) this.templates.pop();
    this.keep(this.text[start] ?? "");
    let end = this.at;
    while (end < this.text.length && this.text[end] !== "`" && !this.text.startsWith("${", end)) {
      end += this.text[end] === "\\" ? 2 : 1;
    }
    if (open === 1 && this.text[end] === "`") this.strings.set(start, this.text.slice(start + 1, end));
    this.blankTo(Math.min(end, this.text.length));
    if (this.text.startsWith("${", this.at)) {
      this.templates.push(0);
      this.keep("$");
      this.keep("{");
    } else if (this.at < this.text.length) {
      this.keep("`");
    }
  }

  private regex(): void {
    let end = this.at + 1;
    let inClass = false;
    while (end < this.text.length && this.text[end] !== "\n" && (inClass || this.text[end] !== "/")) {
      if (this.text[end] === "[") inClass = true;
      if (this.text[end] === "]") inClass = false;
      end += this.text[end] === "\\" ? 2 : 1;
    }
    this.keep("/");
    this.blankTo(Math.min(end, this.text.length));
    if (this.text[this.at] === "/") this.keep("/");
    this.before = "x";
  }
}

const NAMING = /\bfrom\s*(?=["'])|\bimport\s*(?=["'])|(?<![.\w$])(?:import|require)\s*\(\s*/g;

const TYPE_STATEMENT = /\b(?:import|export)\s+type\b(?!\s*,)[^;]*$/;

function findImports(code: string, strings: ReadonlyMap<number, string>): ImportedModule[] {
  let end = 0;
  return [...code.matchAll(NAMING)].map((match) => {
    const between = code.slice(end, match.index);
    end = match.index + match[0].length;
    return {
      specifier: isComputed(code, match[0], end, strings) ? null : (strings.get(end) ?? null),
      line: lineOf(code, match.index),
      typeOnly: match[0].startsWith("from") && TYPE_STATEMENT.test(between),
    };
  });
}

/** Of a call, whether anything but the literal makes up its first argument. */
function isComputed(code: string, naming: string, at: number, strings: ReadonlyMap<number, string>): boolean {
  const literal = strings.get(at);
  return naming.includes("(") && literal !== undefined && !/^\s*[,)]/.test(code.slice(at + literal.length + 2));
}

/** Line, from 1, of an offset. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
