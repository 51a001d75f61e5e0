import type { FindingCode } from "../../model/codes/index.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { NamedLine, RawBlock } from "./delta.js";
import { fenceMask, foldedName, keyOf, scenarioName } from "./lines.js";
import type { MergeInput } from "./merge-input.js";
import { foreignTail } from "./validity.js";

export interface Outcome {
  /** The requirement blocks of the merged specification in order. */
  blocks: string[];
  /** Operations that were not carried out already. */
  applied: number;
  findings: Finding[];
  /** Removals that hit nothing. */
  ineffective: NamedLine[];
}

/**
 * Carries out a change on the requirement blocks of a main specification, in OpenSpec's order: RENAMED, REMOVED, MODIFIED,
 * ADDED. Blocks keep their place; what is new comes last.
 */
export function applyOperations(input: MergeInput, blocks: readonly RawBlock[]): Outcome {
  const run = new Operations(input, blocks);
  for (const { from, to } of input.plan.renamed) run.rename(from, to);
  for (const entry of input.plan.removed) run.remove(entry);
  for (const entry of input.plan.modified) run.modify(entry);
  for (const entry of input.plan.added) run.add(entry);
  return run.finish();
}

class Operations {
  readonly #input: MergeInput;
  readonly #original: readonly RawBlock[];
  /** The key of the block that stands in each place of the original. */
  readonly #places: string[];
  /** Blocks that stand in the main specification, renamed or not. */
  readonly #fromMain = new Set<RawBlock>();
  readonly #blocks = new Map<string, RawBlock>();
  readonly #keysByFold = new Map<string, Set<string>>();
  readonly #findings: Finding[] = [];
  readonly #ineffective: NamedLine[] = [];
  #applied = 0;

  constructor(input: MergeInput, blocks: readonly RawBlock[]) {
    this.#input = input;
    this.#original = blocks;
    this.#places = blocks.map(keyOf);
    for (const block of blocks) {
      this.#set(keyOf(block), block);
      this.#fromMain.add(block);
    }
  }

  rename(from: NamedLine, to: NamedLine): void {
    const [source, target] = [keyOf(from), keyOf(to)];
    const block = this.#blocks.get(source);
    const taken = this.#blocks.get(target);
    if (block === undefined && taken === undefined) {
      this.#refuse("SPEC023", from, "rename of", null, "a heading of the main specification");
    } else if (block === undefined) {
      // Without its source and with its target in place the rename is done already.
      const near = this.#near(source, target);
      if (near !== null) this.#refuse("SPEC023", from, "rename of", near, "exactly that heading");
    } else {
      const existing = taken ?? this.#near(target, source);
      if (existing !== null) this.#refuse("SPEC024", to, "rename to", existing, "a heading that is not taken");
      else this.#carryOver(block, source, target);
    }
  }

  #carryOver(block: RawBlock, source: string, target: string): void {
    const heading = `### Requirement: ${target}`;
    const rest = block.text.indexOf("\n");
    const renamed = { ...block, name: target, text: rest < 0 ? heading : heading + block.text.slice(rest) };
    this.#delete(source);
    this.#set(target, renamed);
    this.#fromMain.add(renamed);
    const place = this.#places.indexOf(source);
    if (place >= 0) this.#places[place] = target;
    this.#applied += 1;
  }

  remove(entry: NamedLine): void {
    const key = keyOf(entry);
    if (this.#blocks.has(key)) {
      this.#delete(key);
      this.#applied += 1;
      return;
    }
    const near = this.#near(key);
    if (near !== null) this.#refuse("SPEC020", entry, "removal of", near, "exactly that heading");
    else this.#ineffective.push(entry);
  }

  modify(entry: RawBlock): void {
    const key = keyOf(entry);
    const current = this.#blocks.get(key);
    if (current === undefined || key !== entry.name) {
      this.#refuse("SPEC021", entry, "change of", this.#near(key), "a heading of the main specification");
      return;
    }
    const missing = missingScenarios(current.text, entry.text);
    if (missing.length > 0) {
      const names = missing.map((name) => JSON.stringify(name)).join(", ");
      const message = `Unexpected change of ${JSON.stringify(entry.name)} without its scenario ${names}, expected every scenario it has now`;
      this.#report("SPEC028", entry, message, current);
    }
    if (current.text.trim() !== entry.text.trim()) this.#applied += 1;
    this.#set(key, entry);
  }

  add(entry: RawBlock): void {
    const key = keyOf(entry);
    const existing = this.#blocks.get(key);
    if (existing !== undefined && existing.text.trim() === entry.text.trim()) return;
    const taken = existing ?? this.#near(key);
    if (taken !== null) {
      this.#refuse("SPEC022", entry, "addition of", taken, "a new heading, or the entry under MODIFIED");
      return;
    }
    this.#set(key, entry);
    this.#applied += 1;
  }

  finish(): Outcome {
    const seen = new Set<string>();
    const blocks: string[] = [];
    for (const [index, original] of this.#original.entries()) {
      const key = this.#places[index] ?? "";
      const block = this.#blocks.get(key);
      if (block !== undefined) {
        blocks.push(block.text);
        seen.add(key);
      }
      if (block !== original) this.#reportTail(original, block);
    }
    for (const [key, block] of this.#blocks) if (!seen.has(key)) blocks.push(block.text);
    return { blocks, applied: this.#applied, findings: this.#findings, ineffective: this.#ineffective };
  }

  #reportTail(original: RawBlock, replacement: RawBlock | undefined): void {
    const tail = foreignTail(original);
    if (tail === null || replacement?.text.includes(tail.text)) return;
    this.#findings.push(
      finding({
        code: "SPEC039",
        message: `Unexpected loss of ${JSON.stringify(tail.heading)}, expected it to stay when ${JSON.stringify(original.name)} is changed`,
        span: this.#input.mainLine(tail.line),
      }),
    );
  }

  #refuse(code: FindingCode, entry: NamedLine, what: string, found: RawBlock | null, expected: string): void {
    const but = found === null ? "" : ` while ${JSON.stringify(found.name)} exists`;
    this.#report(code, entry, `Unexpected ${what} ${JSON.stringify(entry.name)}${but}, expected ${expected}`, found);
  }

  #report(code: FindingCode, entry: NamedLine, message: string, found: RawBlock | null): void {
    const related =
      found !== null && this.#fromMain.has(found)
        ? [{ span: this.#input.mainLine(found.line), message: "the main specification" }]
        : [];
    this.#findings.push(finding({ code, message, span: this.#input.deltaLine(entry.line), related }));
  }

  /** A block whose name differs from a name in nothing but case and spacing, leaving out one name. */
  #near(name: string, except?: string): RawBlock | null {
    for (const key of this.#keysByFold.get(foldedName(name)) ?? []) {
      if (key !== except) return this.#blocks.get(key) ?? null;
    }
    return null;
  }

  #set(key: string, block: RawBlock): void {
    this.#blocks.set(key, block);
    const fold = foldedName(key);
    const keys = this.#keysByFold.get(fold);
    if (keys === undefined) this.#keysByFold.set(fold, new Set([key]));
    else keys.add(key);
  }

  #delete(key: string): void {
    this.#blocks.delete(key);
    this.#keysByFold.get(foldedName(key))?.delete(key);
  }
}

/** Names of the level-4 headings of one block that another lacks, each as often as it lacks it. */
function missingScenarios(current: string, incoming: string): string[] {
  const left = new Map<string, number>();
  for (const name of scenarioNames(incoming)) left.set(name, (left.get(name) ?? 0) + 1);
  return scenarioNames(current).filter((name) => {
    const count = left.get(name) ?? 0;
    left.set(name, count - 1);
    return count <= 0;
  });
}

function scenarioNames(block: string): string[] {
  const lines = block.split("\n");
  const fenced = fenceMask(lines);
  return lines.flatMap((line, index) => (fenced[index] ? [] : (scenarioName(line) ?? [])));
}
