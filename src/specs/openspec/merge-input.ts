import type { Span } from "../../model/span.js";
import { lineSpan } from "../../model/span.js";
import { plainLines } from "../source.js";
import type { DeltaPlan } from "./delta.js";
import { readDelta } from "./delta.js";
import type { MainParts } from "./main-parts.js";
import { splitMain } from "./main-parts.js";

export interface SpecFileText {
  path: string;
  text: string;
}

/** A change and the main specification it goes into, read by lines. */
export interface MergeInput {
  plan: DeltaPlan;
  /** Null when the capability has no main specification. */
  main: MainParts | null;
  deltaPath: string;
  /** The place of a whole line. */
  deltaLine: (line: number) => Span;
  mainLine: (line: number) => Span;
}

export function readMergeInput(main: SpecFileText | null, delta: SpecFileText): MergeInput {
  const lines = plainLines(delta.text).split("\n");
  const mainLines = main === null ? [] : plainLines(main.text).split("\n");
  return {
    plan: readDelta(lines),
    main: main === null ? null : splitMain(main.text),
    deltaPath: delta.path,
    deltaLine: (line) => lineSpan(delta.path, line, 1, lines[line - 1]?.length),
    mainLine: (line) => lineSpan(main?.path ?? delta.path, line, 1, mainLines[line - 1]?.length),
  };
}
