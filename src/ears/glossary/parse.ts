import type { Document, Node, Pair } from "yaml";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import { glossarySchema } from "../../model/glossary.js";
import type { Span } from "../../model/span.js";
import { compareText, fileSpan } from "../../model/span.js";
import { ambiguities } from "./ambiguity.js";
import { declare } from "./declare.js";
import type { Glossary } from "./glossary.js";
import { EMPTY_GLOSSARY } from "./glossary.js";
import { overlong } from "./hostile.js";

export interface ParsedGlossary {
  glossary: Glossary;
  /** GLOSS001, GLOSS002, GLOSS004. */
  findings: Finding[];
}

type Locate = (path: readonly PropertyKey[]) => Span;

/**
 * Reads the text of a glossary (YAML). Every scalar is taken as text, so that no decimal passes through a float. A
 * malformed variable or assumption is left out with its finding; the rest still counts.
 */
export function parseGlossary(path: string, text: string): ParsedGlossary {
  const fault = overlong(text);
  if (fault !== null) return unreadable(fileSpan(path), `Unexpected ${fault}, expected a glossary`);
  const counter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    schema: "failsafe",
  });
  const broken = document.errors[0];
  if (broken !== undefined) {
    return unreadable(
      spanAt(path, counter, broken.pos),
      `Unexpected YAML error (${broken.message}), expected a glossary`,
    );
  }
  const locate: Locate = (keys) => spanAt(path, counter, rangeAt(document, keys));
  if (!isMap(document.contents))
    return unreadable(fileSpan(path), "Unexpected content, expected a glossary with its schema line");
  const findings = repeatedKeys(document.contents, (range) => spanAt(path, counter, range));
  const content: Record<string, unknown> = document.toJS();
  const glossary = readContent(content, locate, findings);
  if (glossary === null) return { glossary: EMPTY_GLOSSARY, findings };
  findings.push(...ambiguities(glossary));
  return { glossary, findings };
}

/** Checks section by section, so that one malformed entry costs only itself. */
function readContent(content: Record<string, unknown>, locate: Locate, findings: Finding[]): Glossary | null {
  const variables = recordOf(content.variables);
  const assumptions: unknown[] = Array.isArray(content.assumptions) ? content.assumptions : [];
  const head = glossarySchema.safeParse({
    ...content,
    ...(variables === null ? {} : { variables: {} }),
    assumptions: [],
  });
  if (!head.success) {
    for (const issue of head.error.issues)
      findings.push(malformed(locate(issue.path), describe(issue.path, issue.message)));
    return null;
  }
  const read = Object.entries(variables ?? {}).flatMap(([name, entry]) => {
    const parsed = glossarySchema.shape.variables.unwrap().valueType.safeParse(entry);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues) {
        const keys = ["variables", name, ...path];
        findings.push(malformed(locate(keys), describe(keys, message)));
      }
      return [];
    }
    const declared = declare(name, parsed.data, head.data, locate(["variables", name]));
    for (const message of declared.faults) findings.push(malformed(locate(["variables", name]), message));
    return declared.variable === null ? [] : [declared.variable];
  });
  const assumed = assumptions.flatMap((entry, index) => {
    const parsed = glossarySchema.shape.assumptions.unwrap().element.safeParse(entry);
    if (parsed.success) {
      const { given, holds, reason } = parsed.data;
      return [{ given: given ?? null, holds, reason, span: locate(["assumptions", index]) }];
    }
    for (const { path, message } of parsed.error.issues) {
      const keys = ["assumptions", index, ...path];
      findings.push(malformed(locate(keys), describe(keys, message)));
    }
    return [];
  });
  const { when, between, antonyms } = head.data;
  return {
    when,
    between: between ?? null,
    variables: read.sort((a, b) => compareText(a.name, b.name)),
    assumptions: assumed,
    antonyms: antonyms.map(([one, other]): [string, string] => [one.toLowerCase(), other.toLowerCase()]),
  };
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? { ...value } : null;
}

function describe(path: readonly PropertyKey[], message: string): string {
  const where = path.map(String).join(" › ");
  return `Unexpected content at ${where === "" ? "the top" : where}, expected another (${message})`;
}

function unreadable(span: Span, message: string): ParsedGlossary {
  return { glossary: EMPTY_GLOSSARY, findings: [finding({ code: "GLOSS001", message, span })] };
}

function malformed(span: Span, message: string): Finding {
  return finding({ code: "GLOSS002", message, span });
}

/** A key given twice: the second would silently win. */
function repeatedKeys(root: Node, locate: (range: Node["range"]) => Span): Finding[] {
  if (!isMap(root)) return [];
  const seen = new Set<string>();
  return root.items.flatMap((pair) => {
    const key = nameOf(pair);
    const nested = isNode(pair.value) ? repeatedKeys(pair.value, locate) : [];
    if (!seen.has(key)) {
      seen.add(key);
      return nested;
    }
    const range = isNode(pair.key) ? pair.key.range : null;
    return [malformed(locate(range), `Unexpected second ${JSON.stringify(key)}, expected one`), ...nested];
  });
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

/** Where the entry that keys lead to stands: its key where it has one, as far as the keys lead. */
function rangeAt(document: Document, keys: readonly PropertyKey[]): Node["range"] | undefined {
  let node: unknown = document.contents;
  let range: Node["range"] | undefined;
  for (const key of keys) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((each) => nameOf(each) === String(key));
      if (pair === undefined) return range;
      range = isNode(pair.key) ? pair.key.range : range;
      node = pair.value;
    } else {
      const [, index] = [node, Number(key)];
      const items: unknown[] =
        node !== null && typeof node === "object" && "items" in node && Array.isArray(node.items) ? node.items : [];
      node = items[index];
      range = isNode(node) ? node.range : range;
    }
  }
  return range;
}

function spanAt(
  file: string,
  counter: LineCounter,
  range: Node["range"] | readonly [number, number] | undefined,
): Span {
  if (range === null || range === undefined) return fileSpan(file);
  const start = counter.linePos(range[0]);
  const end = counter.linePos(range[1]);
  return { file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
}
