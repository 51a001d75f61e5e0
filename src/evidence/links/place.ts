import type { FindingCode } from "../../model/codes/index.js";
import type { SpecLink } from "../../model/link.js";
import type { LinkText } from "./symbol.js";
import { readSymbol } from "./symbol.js";
import type { Lines } from "./target.js";
import type { TargetFile } from "./target-file.js";

/** What is wrong with a link. */
export interface Problem {
  /** The code of a link that evidence depends on; one of prose is LINK010 whatever is wrong. */
  code: FindingCode;
  /** Completes "Unexpected …, expected …". */
  unexpected: string;
  expected: string;
  suggestion?: string;
  /** Where what is named may stand instead. */
  places?: { file: string; line: number }[];
  /** The line the link should name; only where there is one candidate. */
  line?: number;
  /** The file it should lead to, relative to the judged root; only with a line, and where it is certain. */
  path?: string;
  /** What to look for in the history of the repository. */
  lost?: { path: string; symbol: string | null };
}

export interface PlaceJudgement {
  /** `external` addresses are not fetched; `unchecked` are fragments of formats that are not read. */
  state: "holds" | "broken" | "moved" | "external" | "unchecked";
  problem: Problem | null;
}

export function judgeAnchor(link: SpecLink, file: TargetFile, anchor: string): PlaceJudgement | null {
  const judged = file.hasAnchor(anchor, link.form === "code");
  if (judged?.found === true) return null;
  if (judged === null) {
    // Forges know no anchor in source; `#parse` there is read as the name of a symbol.
    if (!file.isCode) return { state: "unchecked", problem: null };
    if (file.find(readSymbol(anchor), 1, file.lineCount).here) return null;
  }
  const near = judged?.near ?? null;
  return broken({
    code: "LINK002",
    unexpected: `anchor #${anchor}, which ${file.path} does not have`,
    expected: near === null ? "a heading or an id of the file" : `#${near}`,
    ...(near === null ? {} : { suggestion: `Write #${near}.` }),
  });
}

export function judgeLines(file: TargetFile, lines: Lines | null, text: LinkText): PlaceJudgement {
  const said = lines ?? text.lines;
  const symbol = text.symbol === null ? null : readSymbol(text.symbol);
  if (symbol === null || symbol.text === "") {
    if (said !== null && !exists(file, said)) return broken(beyond(file, said));
    return disagreement(file, lines, text, null);
  }
  const [from, to] = said === null ? [1, file.lineCount] : [said.from, said.to ?? said.from];
  const { here, places } = file.find(symbol, from, to);
  if (here && said !== null && !exists(file, said)) return broken(beyond(file, said));
  if (here) return disagreement(file, lines, text, places);
  const shown = JSON.stringify(symbol.text);
  const [only, second] = places;
  if (only === undefined) {
    const unexpected =
      said === null
        ? `name ${shown}, which ${file.path} does not hold`
        : `name ${shown}, which stands neither at line ${said.from} of ${file.path} nor elsewhere in it`;
    return broken({
      code: "LINK005",
      unexpected,
      expected: "what stands there",
      lost: { path: file.path, symbol: symbol.name ?? symbol.text },
    });
  }
  const at = places.map((line) => ({ file: file.path, line }));
  const unexpected = `line ${said?.from} of ${file.path}, where ${shown} does not stand`;
  if (second !== undefined) {
    const problem: Problem = {
      code: "LINK006",
      unexpected,
      expected: `one of its ${places.length} places`,
      places: at.slice(0, 5),
    };
    return { state: "moved", problem };
  }
  return { state: "moved", problem: { code: "LINK004", unexpected, expected: `line ${only}`, places: at, line: only } };
}

/** Whether the text of a link and its target name one file and the same lines. */
function disagreement(
  file: TargetFile,
  lines: Lines | null,
  text: LinkText,
  places: readonly number[] | null,
): PlaceJudgement {
  const wrongFile = text.file !== null && !`/${file.path}`.endsWith(`/${text.file.replace(/^(?:\.?\/)+/u, "")}`);
  if (wrongFile) {
    return moved({
      code: "LINK007",
      unexpected: `file ${text.file} in the text of a link to ${file.path}`,
      expected: "one file in both",
    });
  }
  const [a, b] = [text.lines, lines];
  if (a === null || b === null || (a.from === b.from && (a.to ?? b.to) === (b.to ?? a.to)))
    return { state: "holds", problem: null };
  const unexpected = `line ${shownLines(a)} in the text of a link to line ${shownLines(b)} of ${file.path}`;
  // What is named stands at the target's line, or this would not be asked; without a name nothing tells which is right.
  const line = places !== null && a.from !== b.from ? { line: b.from } : {};
  return moved({ code: "LINK007", unexpected, expected: "one line in both", ...line });
}

function shownLines({ from, to }: Lines): string {
  return to === null ? `${from}` : `${from}-${to}`;
}

function exists(file: TargetFile, { from, to }: Lines): boolean {
  return from >= 1 && (to ?? from) <= file.lineCount;
}

function beyond(file: TargetFile, lines: Lines): Problem {
  const line = lines.from >= 1 && lines.from <= file.lineCount ? (lines.to ?? lines.from) : lines.from;
  return {
    code: "LINK003",
    unexpected: `line ${line} of ${file.path}`,
    expected: `one of its ${file.lineCount} lines`,
  };
}

export function broken(problem: Problem): PlaceJudgement & { state: "broken" } {
  return { state: "broken", problem };
}

function moved(problem: Problem): PlaceJudgement {
  return { state: "moved", problem };
}

export function malformed(what: string, link: SpecLink): Problem {
  return {
    code: "LINK009",
    unexpected: `target ${JSON.stringify(link.url)} with ${what}`,
    expected: "a path or an address",
  };
}

export function leaving(how: string): Problem {
  return { code: "LINK008", unexpected: how, expected: "a file of the repository" };
}

export function unreadableTarget(link: SpecLink): Problem {
  const suggestion = "Write blanks as %20, or the target as <…>.";
  return {
    code: "LINK009",
    unexpected: `target ${JSON.stringify(link.url)} that markdown takes for text`,
    expected: "a path without blanks",
    suggestion,
  };
}
