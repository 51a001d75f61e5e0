/**
 * How OpenSpec 1.13 reads a line. Its archive command works on lines, with regular expressions whose white space is any
 * that JavaScript knows; these functions tell the same from the same line, in linear time.
 */

/** What no `.` of a regular expression matches, besides the line ends that no line holds. */
const SEPARATOR = /[\u2028\u2029]/;

/** Which lines belong to a fence, its own two lines included. Any indentation opens one, any info string may follow. */
export function fenceMask(lines: readonly string[]): boolean[] {
  let open: { sign: string; length: number } | null = null;
  return lines.map((line) => {
    const text = line.trimStart();
    const sign = text[0] ?? "";
    if (sign !== "`" && sign !== "~") return open !== null;
    let length = 1;
    while (text[length] === sign) length += 1;
    if (open === null) {
      if (length >= 3) open = { sign, length };
      return open !== null;
    }
    if (sign === open.sign && length >= open.length && text.slice(length).trim() === "") open = null;
    return true;
  });
}

/** A heading's text without its closing run of `#`, trimmed. Only a run behind a blank or tab closes, so `C#` stays. */
export function closedName(text: string): string {
  let end = text.length;
  while (isBlank(text[end - 1])) end -= 1;
  const hashesEnd = end;
  while (text[end - 1] === "#") end -= 1;
  if (end === hashesEnd || !isBlank(text[end - 1])) return text.trim();
  while (isBlank(text[end - 1])) end -= 1;
  return text.slice(0, end).trim();
}

function isBlank(sign: string | undefined): boolean {
  return sign === " " || sign === "\t";
}

/** What OpenSpec finds a requirement by: it takes a closing run of `#` off a name that it has taken one off before. */
export function keyOf(entry: { name: string }): string {
  return closedName(entry.name);
}

/** The name with case and inner white space folded: names that are equal so, and not equal, are taken for a slip. */
export function foldedName(name: string): string {
  return closedName(name).toLowerCase().replace(/\s+/g, " ");
}

const REQUIREMENT = /^###\s*Requirement:/i;

/** The name in a `### Requirement: name` line, of any case and spacing; null on other lines. It can be empty. */
export function requirementName(line: string): string | null {
  const match = REQUIREMENT.exec(line);
  if (match === null) return null;
  const text = dotted(line.slice(match[0].length));
  return text === null ? null : closedName(text);
}

/** What `\s*(.+)\s*$` captures of a text; null where it does not match. */
function dotted(rest: string): string | null {
  const text = rest.trimStart();
  if (text === "") return /[^\n\r\u2028\u2029]/.test(rest) ? "" : null;
  const separator = text.search(SEPARATOR);
  if (separator < 0) return text;
  return text.slice(separator).trim() === "" ? text.slice(0, separator) : null;
}

/** The name behind ``…`### Requirement:`` in a bullet, backticks optional; null when the line goes on otherwise. */
function quotedName(line: string, start: number): string | null {
  let at = start;
  if (line[at] === "`") at += 1;
  if (!line.startsWith("###", at)) return null;
  at = skipSpace(line, at + 3);
  if (!line.startsWith("Requirement:", at)) return null;
  const rest = line.slice(at + "Requirement:".length);
  const text = rest.trim();
  if (text === "") return /[^\n\r\u2028\u2029]/.test(rest) ? "" : null;
  const name = text.length > 1 && text.endsWith("`") ? text.slice(0, -1) : text;
  return SEPARATOR.test(name) ? null : closedName(name);
}

function skipSpace(line: string, start: number): number {
  return line.length - line.slice(start).trimStart().length;
}

function bulletEnd(line: string): number {
  const at = skipSpace(line, 0);
  return line[at] === "-" || line[at] === "*" || line[at] === "+" ? skipSpace(line, at + 1) : -1;
}

/** The name in a bullet of a REMOVED section: `- ### Requirement: name`, with or without backticks. */
export function bulletName(line: string): string | null {
  const at = bulletEnd(line);
  return at < 0 ? null : quotedName(line, at);
}

/** One side of a rename: `- FROM: ### Requirement: name`, bullet and backticks optional. */
export function renameSide(line: string): { side: "FROM" | "TO"; name: string } | null {
  const bullet = bulletEnd(line);
  const at = bullet < 0 ? skipSpace(line, 0) : bullet;
  const side = line.startsWith("FROM:", at) ? "FROM" : line.startsWith("TO:", at) ? "TO" : null;
  if (side === null) return null;
  const name = quotedName(line, skipSpace(line, at + side.length + 1));
  return name === null ? null : { side, name };
}

/**
 * A heading line's level and title. The title is null where OpenSpec takes the line for the end of a section and not for the
 * start of one.
 */
export function headingOf(line: string): { level: number; title: string | null } | null {
  const marker = /^(#{1,6})\s/.exec(line);
  if (marker === null) return null;
  const level = marker[1]?.length ?? 0;
  const title = line.slice(level).trimStart();
  if (SEPARATOR.test(title)) return { level, title: null };
  return { level, title: title !== "" || /\s[^\S\u2028\u2029]$/.test(line) ? title.trim() : null };
}

/** A line that ends a level-2 section. */
export function isSectionLine(line: string): boolean {
  return /^##\s/.test(line);
}

/** The title of a line that begins a level-2 section; null on other lines, even some that end one. */
export function sectionTitle(line: string): string | null {
  return isSectionLine(line) ? (headingOf(line)?.title ?? null) : null;
}

export const REQUIREMENTS_LINE = /^##\s+Requirements\s*$/i;

/** A level-4 heading: to OpenSpec every one is a scenario. */
export function scenarioName(line: string): string | null {
  const marker = /^####\s+/.exec(line);
  if (marker === null) return null;
  return closedName(line.slice(marker[0].length))
    .replace(/^Scenario:\s*/i, "")
    .trim();
}
