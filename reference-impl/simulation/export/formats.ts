import type { TraceLine } from "../trace-line.js";
import { toConformance } from "./conformance.js";
import { toItf } from "./itf.js";
import { toOtlp } from "./otlp.js";
import { toPorcupine } from "./porcupine.js";
import { toShiviz } from "./shiviz.js";

interface Form {
  /** Of the names of its files. */
  readonly suffix: string;
  write(lines: readonly TraceLine[]): string;
}

export const FORMATS = ["itf", "otlp", "shiviz", "porcupine", "conformance"] as const;

export type ExportFormat = (typeof FORMATS)[number];

/** The forms that a trace can be given, by name. */
export const EXPORTS: Readonly<Record<ExportFormat, Form>> = {
  itf: { suffix: "itf.json", write: toItf },
  otlp: { suffix: "otlp.json", write: toOtlp },
  shiviz: { suffix: "shiviz.log", write: toShiviz },
  porcupine: { suffix: "porcupine.json", write: toPorcupine },
  conformance: { suffix: "conformance.ndjson", write: toConformance },
};
