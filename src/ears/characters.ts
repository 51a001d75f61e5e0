/** What a UTF-16 unit may be part of; see `classOf`. */
export const SPACE = 0;
export const WORD = 1;
const MARK = 2;

const ASCII_WORD = /[A-Za-z0-9_$#@&+~%^\\|]/;

const ASCII = new Uint8Array(128).map((_, code) => {
  if (code <= 32) return SPACE;
  const char = String.fromCharCode(code);
  return ASCII_WORD.test(char) && char !== "|" && char !== "\\" ? WORD : MARK;
});

/** Punctuation, arrows and mathematical signs beyond ASCII, as ranges of units. */
const MARK_RANGES: readonly (readonly [number, number])[] = [
  [0xa1, 0xa1],
  [0xab, 0xab],
  [0xb1, 0xb1],
  [0xb7, 0xb7],
  [0xbb, 0xbb],
  [0xbf, 0xbf],
  [0xd7, 0xd7],
  [0xf7, 0xf7],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2190, 0x22ff],
  [0x3001, 0x3011],
  [0xff01, 0xff0f],
  [0xff1a, 0xff1f],
];

export function classOf(code: number): number {
  if (code < 128) return ASCII[code] ?? MARK;
  if (code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b)) return SPACE;
  if (code === 0x2028 || code === 0x2029 || code === 0x202f) return SPACE;
  for (const [low, high] of MARK_RANGES) if (code >= low && code <= high) return MARK;
  return WORD;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A letter or digit: what emphasis and quotation marks lean on. */
export function isAlphanumeric(code: number): boolean {
  return (
    isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code > 127 && classOf(code) === WORD)
  );
}
