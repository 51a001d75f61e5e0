/** Formats whose names are the keys of data. */
const DATA = /\.(?:jsonc?|json5|webmanifest|ini|cfg|conf|properties|env|tfvars|tf|hcl|toml|ya?ml)$/i;

/** What stands behind the key of a value or block. */
const BEHIND_KEY = /^\s*[:={]/;

/** What stands behind a key around others: the same, the label behind it, the next piece, or the end of a section's head. */
const BEHIND_OUTER = /^\s*[:={"'.\]]/;

export function isData(path: string): boolean {
  return DATA.test(path);
}

interface DataLine {
  /** Without its comment. */
  plain: string;
  /** The same, with `_` for every sign within quotes. */
  masked: string;
}

/** The lines of data at which a key stands whose qualifiers are keys as well, or at which all of it is written at once. */
export function keyLines(text: string, whole: string, name: string, qualifiers: readonly string[]): number[] {
  const lines = linesOf(text);
  const numbered = (fits: (line: DataLine) => boolean) =>
    lines.flatMap((line, index) => (fits(line) ? [index + 1] : []));
  const written = numbered((line) => hasKey(line, whole, BEHIND_OUTER));
  if (written.length > 0) return written;
  if (!qualifiers.every((each) => lines.some((line) => hasKey(line, each, BEHIND_OUTER)))) return [];
  return numbered((line) => hasKey(line, name, BEHIND_KEY));
}

function hasKey({ plain, masked }: DataLine, key: string, behind: RegExp): boolean {
  for (let at = plain.indexOf(key); at >= 0 && key !== ""; at = plain.indexOf(key, at + 1)) {
    const end = at + key.length;
    const isQuoted = masked.slice(at, end) === "_".repeat(key.length) && /["']/.test(masked[at - 1] ?? "");
    if (isQuoted ? masked[end] !== masked[at - 1] : isPart(masked[at - 1]) || isPart(masked[end])) continue;
    if (!isQuoted && masked.slice(at, end) !== key) continue;
    // A value stands behind the sign that ends its key.
    const before = masked.slice(0, at).replace(/^.*[{,[]/, "");
    if (!/[:=/]/.test(before) && behind.test(masked.slice(isQuoted ? end + 1 : end))) return true;
  }
  return false;
}

function isPart(sign: string | undefined): boolean {
  return sign !== undefined && /[\p{L}\p{N}_$-]/u.test(sign);
}

/** Reads the quotes and comments that these formats have in common; a quote ends with its line. */
function linesOf(text: string): DataLine[] {
  let isWithinBlock = false;
  return text.split("\n").map((line) => {
    let [plain, masked, quote] = ["", "", ""];
    for (let at = 0; at < line.length; at++) {
      const sign = line[at] ?? "";
      if (isWithinBlock) {
        isWithinBlock = !line.startsWith("*/", at - 1);
      } else if (quote !== "") {
        const isEscape = sign === "\\" && quote === '"' && at + 1 < line.length;
        const signs = isEscape ? line.slice(at, at + 2) : sign;
        if (isEscape) at += 1;
        plain += signs;
        masked += sign === quote ? sign : "_".repeat(signs.length);
        if (sign === quote) quote = "";
      } else if (line.startsWith("/*", at)) {
        isWithinBlock = true;
        at += 1;
      } else if (/^(?:#|;|\/\/)/.test(line.slice(at, at + 2)) && /\s|^$/.test(line.slice(Math.max(0, at - 1), at))) {
        break;
      } else {
        if (/["']/.test(sign) && !isPart(line[at - 1])) quote = sign;
        plain += sign;
        masked += sign;
      }
    }
    return { plain, masked };
  });
}
