/**
 * Weighs JSON values: how many bytes they take when encoded, and a digest of what they say, in one pass that builds no
 * text. The digest is 32 bits wide, the same in whatever order fields were set, and no protection. Strings are hashed by
 * FNV-1a (draft-eastlake-fnv) over UTF-16 code units, and what is inside of what by the finalizer of MurmurHash3.
 */
export class Scale {
  /** Bytes in UTF-8 of the JSON texts of all values weighed so far. */
  bytes = 0;

  /** Digest of a value. Throws a TypeError for what JSON cannot carry back, as `canonicalJson` does. */
  weigh(value: unknown): number {
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        return this.#number(value);
      case "boolean":
        this.bytes += value ? 4 : 5;
        return value ? KIND.true : KIND.false;
      case "object":
        if (value !== null) return Array.isArray(value) ? this.#list(value) : this.#fields(value);
        this.bytes += 4;
        return KIND.null;
      default:
        throw new TypeError(`a ${typeof value} is no JSON`);
    }
  }

  #text(text: string): number {
    let bytes = text.length + 2;
    let hash: number = KIND.text;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      hash = Math.imul(hash ^ unit, 0x01000193);
      if (unit >= 0x80 || unit < 0x20 || unit === QUOTE || unit === BACKSLASH) bytes += beyondOne(unit, text, i);
    }
    this.bytes += bytes;
    return hash;
  }

  #number(value: number): number {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON`);
    if (!Number.isSafeInteger(value)) {
      const hash = this.#text(JSON.stringify(value));
      this.bytes -= 2;
      return stir(KIND.fraction, hash);
    }
    let bytes = value < 0 ? 2 : 1;
    for (let limit = 10; limit <= Math.abs(value); limit *= 10) bytes += 1;
    this.bytes += bytes;
    return stir(stir(KIND.integer, value | 0), Math.floor(value / 4294967296));
  }

  #list(items: readonly unknown[]): number {
    let digest: number = KIND.list;
    for (let i = 0; i < items.length; i += 1) digest = stir(digest, this.weigh(items[i]));
    this.bytes += 2 + Math.max(0, items.length - 1);
    return digest;
  }

  /** Added up field by field, so that their order makes no difference. */
  #fields(fields: object): number {
    let digest: number = KIND.fields;
    let count = 0;
    for (const key of Object.keys(fields)) {
      const value = (fields as Readonly<Record<string, unknown>>)[key];
      if (value === undefined) continue;
      digest = (digest + stir(this.#text(key), this.weigh(value))) | 0;
      count += 1;
    }
    // Braces, a colon for each field, and a comma between two.
    this.bytes += 2 + count + Math.max(0, count - 1);
    return digest;
  }
}

/** Where the digest of each kind of value starts, so that `1`, `"1"` and `[1]` differ. */
const KIND = {
  null: 0x3c6ef372,
  true: 0x1f83d9ab,
  false: 0x5be0cd19,
  text: 0x811c9dc5,
  integer: 0x510e527f,
  fraction: 0x6a09e667,
  list: 0x2545f491,
  fields: 0x27d4eb2f,
} as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** How many bytes more than one the unit at `i` takes: escaped, or in UTF-8. */
function beyondOne(unit: number, text: string, i: number): number {
  // A control character with a letter of its own (\b \t \n \f \r), or six characters: \u001f.
  if (unit < 0x20) return unit >= 8 && unit <= 13 && unit !== 11 ? 1 : 5;
  if (unit < 0x800) return 1;
  if (unit < 0xd800 || unit >= 0xe000) return 2;
  // Each half of a pair is two of its four bytes; a half that stands alone is escaped: \ud800.
  const isHigh = unit < 0xdc00;
  const other = isHigh ? text.charCodeAt(i + 1) : text.charCodeAt(i - 1);
  return (isHigh ? other >= 0xdc00 && other < 0xe000 : other >= 0xd800 && other < 0xdc00) ? 1 : 5;
}

/** Digest of `value` after or within `digest`. */
function stir(digest: number, value: number): number {
  let hash = Math.imul(digest, 0x01000193) ^ value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
