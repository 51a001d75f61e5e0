/** Text of a source file: UTF-16 where its mark says so, else UTF-8, in which bytes of another encoding become U+FFFD. */
export function sourceText(bytes: Buffer): string {
  return wideText(bytes) ?? bytes.toString("utf8");
}

/** Text of a file that starts with a UTF-16 byte order mark; null of another. */
export function wideText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return null;
}
