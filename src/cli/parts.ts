import { UsageError } from "./errors.js";

/**
 * What `check` does besides judging: read statements (`text`), look for contradictions (`logic`), run models (`alloy`),
 * check `links`, run `examples` and `providers`.
 */
const PARTS = ["text", "logic", "alloy", "links", "examples", "providers"] as const;

export type Part = (typeof PARTS)[number];

/** The parts to run: all, without those of `--skip`, or only those of `--only`. Throws UsageError for an unknown one. */
export function chooseParts(skip: string | undefined, only: string | undefined): ReadonlySet<Part> {
  const skipped = new Set(readParts(skip));
  const wanted = only === undefined ? PARTS : readParts(only);
  return new Set(wanted.filter((part) => !skipped.has(part)));
}

function readParts(text: string | undefined): Part[] {
  if (text === undefined) return [];
  return text.split(",").map((each) => {
    const name = each.trim();
    const part = PARTS.find((known) => known === name);
    if (part !== undefined) return part;
    throw new UsageError(`Unexpected part "${name}", expected ${PARTS.join(", ")}`);
  });
}
