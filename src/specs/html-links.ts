/** An address in a tag of raw HTML. Offsets count in the text. */
export interface HtmlAddress {
  /** Where the tag begins. */
  start: number;
  /** The address as it is written, without quotes. */
  value: string;
  valueStart: number;
  /** Behind the address and its quote. */
  end: number;
}

/** Signs of a tag that are read: with a bound for each tag, the search is linear. */
const LONGEST_TAG = 4000;

const TAG = /<(a|img)(?=\s)/gi;

/** A blank and an attribute, its value in quotes or without, as CommonMark 0.31 reads open tags. */
const ATTRIBUTE = /\s+([A-Za-z_:][\w.:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>`=]+))?/y;

const CLOSE = /\s*\/?>/y;

/** The addresses of `<a href="…"` and `<img src="…"`, also of tags that nothing closes. */
export function htmlAddresses(text: string): HtmlAddress[] {
  const found: HtmlAddress[] = [];
  let readTo = 0;
  for (const { index, 0: opening, 1: name = "" } of text.matchAll(TAG)) {
    // Within the attributes of a tag that was read there is no other.
    if (index < readTo) continue;
    const wanted = name.toLowerCase() === "a" ? "href" : "src";
    const tag = readTag(text.slice(index, index + LONGEST_TAG), opening.length, wanted);
    readTo = index + tag.end;
    if (tag.address === null) continue;
    const { value, valueStart, end } = tag.address;
    found.push({ start: index, value, valueStart: index + valueStart, end: index + end });
  }
  return found;
}

/** The first address of a tag, and where the tag ends: without a close, behind the address or its name. */
function readTag(
  tag: string,
  from: number,
  wanted: string,
): { address: Omit<HtmlAddress, "start"> | null; end: number } {
  let address: Omit<HtmlAddress, "start"> | null = null;
  let end = from;
  for (;;) {
    ATTRIBUTE.lastIndex = end;
    const [whole, name, quoted] = ATTRIBUTE.exec(tag) ?? [];
    if (whole === undefined) break;
    end += whole.length;
    if (quoted === undefined || name?.toLowerCase() !== wanted || address !== null) continue;
    const marks = /^["']/.test(quoted) ? 1 : 0;
    const valueStart = end - quoted.length + marks;
    address = { value: tag.slice(valueStart, end - marks), valueStart, end };
  }
  CLOSE.lastIndex = end;
  return { address, end: CLOSE.test(tag) ? end : (address?.end ?? from) };
}
