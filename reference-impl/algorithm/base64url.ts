const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * The text's UTF-8 in base64url without padding (RFC 4648, section 5). A surrogate that stands alone is encoded by itself,
 * as generalized UTF-8 does (WTF-8), so that no two texts have the same code.
 */
export function toBase64url(text: string): string {
  const bytes = utf8(text);
  let code = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const b = bytes[i + 1];
    const c = bytes[i + 2];
    const bits = ((bytes[i] ?? 0) << 16) | ((b ?? 0) << 8) | (c ?? 0);
    code += letter(bits >> 18) + letter(bits >> 12);
    if (b !== undefined) code += letter(bits >> 6);
    if (c !== undefined) code += letter(bits);
  }
  return code;
}

/** The text of a code that `toBase64url` gave; null, or a text with another code, for anything else. */
export function fromBase64url(code: string): string | null {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of code) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return null;
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return decoded(bytes);
}

function letter(bits: number): string {
  return ALPHABET.charAt(bits & 63);
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point >> 6), tail(point));
    else bytes.push(0xf0 | (point >> 18), tail(point >> 12), tail(point >> 6), tail(point));
  }
  return bytes;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

function decoded(bytes: readonly number[]): string | null {
  let text = "";
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let point = length === 1 ? first : first & (0xff >> (length + 1));
    for (const next of bytes.slice(i + 1, i + length)) point = (point << 6) | (next & 0x3f);
    if (point > 0x10ffff) return null;
    text += String.fromCodePoint(point);
    i += length;
  }
  return text;
}
