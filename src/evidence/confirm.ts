import type { YAMLMap } from "yaml";
import { isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import { compactCanonicalJson } from "../model/canonical.js";
import type { Confirmation } from "../model/confirmation.js";
import { parseConfirmations } from "./confirmations.js";

const KEY = "confirmations";

/**
 * The text of a confirmations file with one more entry; earlier entries of the same tag for other texts give way to it.
 * Every other line stays as it is, unless the list is written in braces. Null when the file is none that can be read, so
 * that nothing in it is lost. `path` is only for messages.
 */
export function addConfirmation(path: string, text: string, added: Confirmation): string | null {
  const before = parseConfirmations(path, text);
  if (before.findings.some(({ code }) => code === "CHG013")) return null;
  const kept = before.confirmations.filter(({ tag }) => tag !== added.tag);
  const wanted = compactCanonicalJson([...kept.map(({ span: _, ...each }) => each), added].map(key).sort());
  const isRight = (candidate: string | null): candidate is string => {
    if (candidate === null) return false;
    const after = parseConfirmations(path, candidate);
    const entries = after.confirmations.map(({ span: _, ...each }) => key(each)).sort();
    return compactCanonicalJson(entries) === wanted && after.findings.length <= before.findings.length;
  };
  // What is put in has the line ends of the file.
  const isWide = text.includes("\r\n") && !/(?:^|[^\r])\n/u.test(text);
  const plain = isWide ? text.replaceAll("\r\n", "\n") : text;
  return (
    [insertText, rewrite]
      .map((edit) => edit(plain, added))
      .map((edited) => (isWide ? (edited?.replaceAll("\n", "\r\n") ?? null) : edited))
      .find(isRight) ?? null
  );
}

function key(confirmation: Confirmation): string {
  return compactCanonicalJson(confirmation);
}

/** The entry as lines, its dash `indent` columns in. */
function entryText({ tag, text, reason, owner, date }: Confirmation, indent: number): string {
  const blanks = " ".repeat(indent);
  const fields = [`tag: ${tag}`, `text: ${text}`, `reason: ${JSON.stringify(reason)}`];
  fields.push(`owner: ${JSON.stringify(owner)}`, `date: ${date}`);
  return `${blanks}- ${fields.join(`\n${blanks}  `)}`;
}

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** Changes lines of a list in block style, or starts one; null for a list in flow style. */
function insertText(text: string, added: Confirmation): string | null {
  const document = parseDocument(text);
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    const head = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    return `${head}${KEY}:\n${entryText(added, 2)}\n`;
  }
  const pair = isMap(root) ? root.items[0] : undefined;
  if (pair === undefined || !isNode(pair.key)) return null;
  const list = pair.value;
  const items: YAMLMap[] = isSeq(list) ? (list.items as unknown[]).filter((item) => isMap(item)) : [];
  const last = items.at(-1);
  if (last === undefined) {
    const [start, end] = isNode(list) && list.range ? list.range : [0, 0];
    const colon = text.indexOf(":", pair.key.range?.[1] ?? 0);
    if (colon < 0) return null;
    const rest = isSeq(list)
      ? `${text.slice(colon + 1, start)}${text.slice(end)}`.trim()
      : text.slice(colon + 1).trim();
    return `${text.slice(0, colon + 1)}\n${entryText(added, 2)}\n${rest === "" ? "" : `${rest}\n`}`;
  }
  if (isSeq(list) && list.flow === true) return null;
  return apply(text, editsFor(text, items, added));
}

function editsFor(text: string, items: readonly YAMLMap[], added: Confirmation): Edit[] {
  const old = items.filter((item) => item.get("tag") === added.tag);
  const [first, ...others] = old.map((item) => linesOf(text, item));
  const removals = others.map(({ from, to }): Edit => ({ from, to, text: "" }));
  if (first !== undefined) return [{ ...first, text: `${entryText(added, first.indent)}\n` }, ...removals];
  const end = linesOf(text, items.at(-1) as YAMLMap);
  const isEnded = text.slice(0, end.to).endsWith("\n");
  return [{ from: end.to, to: end.to, text: `${isEnded ? "" : "\n"}${entryText(added, end.indent)}\n` }];
}

/** From the start of the line with the entry's dash to the end of the line of its last field. */
function linesOf(text: string, item: YAMLMap): { from: number; to: number; indent: number } {
  const dash = text.lastIndexOf("-", (item.range?.[0] ?? 0) - 1);
  const from = text.lastIndexOf("\n", dash) + 1;
  const ends = item.items.map(({ value }) => (isNode(value) ? (value.range?.[1] ?? 0) : 0));
  const end = Math.max(dash, ...ends);
  const newline = text.indexOf("\n", text[end - 1] === "\n" ? end - 1 : end);
  return { from, to: newline < 0 ? text.length : newline + 1, indent: dash - from };
}

function apply(text: string, edits: readonly Edit[]): string {
  let edited = text;
  for (const { from, to, text: put } of [...edits].sort((a, b) => b.from - a.from)) {
    edited = edited.slice(0, from) + put + edited.slice(to);
  }
  return edited;
}

/** Through the YAML library, which keeps comments and lays the rest out anew. */
function rewrite(text: string, added: Confirmation): string | null {
  const document = parseDocument(text);
  const list = document.get(KEY);
  if (!isSeq(list)) return null;
  list.items = list.items.filter((item) => !isMap(item) || item.get("tag") !== added.tag);
  list.add(document.createNode({ ...added }));
  list.flow = false;
  return document.toString();
}
