import { SaxesParser } from "saxes";

export interface XmlPlace {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
}

export interface XmlFault extends XmlPlace {
  /** What stands there, as a noun phrase: `unclosed tag: testsuite`. */
  what: string;
}

/** The attributes that readers ask for, and any others. Entities are resolved. */
export interface Attributes {
  readonly name?: string;
  readonly classname?: string;
  readonly class?: string;
  readonly file?: string;
  readonly filepath?: string;
  readonly line?: string;
  readonly lineno?: string;
  readonly assertions?: string;
  readonly message?: string;
  readonly type?: string;
  readonly value?: string;
  readonly tests?: string;
  readonly [other: string]: string | undefined;
}

export interface XmlHandlers {
  open(name: string, attributes: Attributes, place: XmlPlace): void;
  /** Character data and CDATA sections, in as many pieces as they come. */
  text(text: string): void;
  close(name: string): void;
}

export interface XmlScan {
  /** Where the document stops being well-formed; nothing behind it was reported to the handlers. */
  fault: XmlFault | null;
  /** The first character that XML does not allow, and how many there are. They are passed on as they are. */
  disallowed: { first: XmlPlace; count: number } | null;
  /** Encoding of the XML declaration; null without. */
  encoding: string | null;
}

/** With more disallowed characters than this the file is no text; each one costs the parser an error to make. */
const MOST_DISALLOWED = 1000;

/** Faults behind which reading on is safe: coloured output and blank lines before the declaration are common. */
const BEARABLE = new Set(["disallowed character.", "malformed character entity."]);
const MISPLACED_DECLARATION = "an XML declaration must be at the start of the document.";

class Stop extends Error {}

/**
 * Reads an XML document once, front to back. No entity but the five of XML and character references is known: a
 * document type declaration is skipped and declares nothing, so that no input can expand or fetch anything.
 */
export function scanXml(text: string, handlers: XmlHandlers): XmlScan {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const scan: XmlScan = { fault: null, disallowed: null, encoding: null };
  const here = (): XmlPlace => ({ line: parser.line, column: Math.max(1, parser.columnIndex) });
  parser.on("error", (error) => {
    const what = error.message.replace(/^\d+:\d+: /u, "");
    if (what === MISPLACED_DECLARATION) return;
    if (BEARABLE.has(what) && (scan.disallowed?.count ?? 0) < MOST_DISALLOWED) {
      if (scan.disallowed === null) scan.disallowed = { first: here(), count: 1 };
      else scan.disallowed.count += 1;
      return;
    }
    scan.fault = { what: what.replace(/\.$/u, ""), ...here() };
    throw new Stop();
  });
  parser.on("xmldecl", (declaration) => {
    scan.encoding = declaration.encoding ?? null;
  });
  parser.on("opentag", (tag) => handlers.open(tag.name, tag.attributes, here()));
  parser.on("text", (piece) => handlers.text(piece));
  parser.on("cdata", (piece) => handlers.text(piece));
  parser.on("closetag", (tag) => handlers.close(tag.name));
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  return scan;
}

/** The name of the first element, found without reading the document; null when there is none. */
export function rootElement(text: string): string | null {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  for (;;) {
    at = text.indexOf("<", at);
    if (at < 0) return null;
    const end = skipMarkup(text, at);
    if (end === null) return /^<([\p{L}_:][\p{L}\p{N}_:.-]{0,100})/u.exec(text.slice(at, at + 110))?.[1] ?? null;
    if (end < 0) return null;
    at = end;
  }
}

/** End of the instruction, comment or document type declaration at an offset; null for anything else, -1 unclosed. */
function skipMarkup(text: string, at: number): number | null {
  const closing = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : null;
  if (closing !== null) {
    const end = text.indexOf(closing, at + 2);
    return end < 0 ? -1 : end + closing.length;
  }
  if (!text.startsWith("<!DOCTYPE", at)) return null;
  const end = text.indexOf(">", at);
  const subset = text.indexOf("[", at);
  if (end < 0 || subset < 0 || end < subset) return end < 0 ? -1 : end + 1;
  const subsetEnd = text.indexOf("]", subset);
  const close = subsetEnd < 0 ? -1 : text.indexOf(">", subsetEnd);
  return close < 0 ? -1 : close + 1;
}
