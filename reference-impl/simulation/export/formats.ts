import type { TraceLine } from "../trace-line.js";
import { toConformance } from "./conformance.js";
import { toItf } from "./itf.js";
import { toOtlp } from "./otlp.js";
import { toPorcupine } from "./porcupine.js";
import { toShiviz } from "./shiviz.js";

/** The forms that a trace can be given, by name. */
export const EXPORTS = {
  itf: toItf,
  otlp: toOtlp,
  shiviz: toShiviz,
  porcupine: toPorcupine,
  conformance: toConformance,
} as const satisfies Readonly<Record<string, (lines: readonly TraceLine[]) => string>>;

export type ExportFormat = keyof typeof EXPORTS;
