import { ALLOY_CODES } from "./alloy.js";
import { ALLOY_ENGINE_CODES } from "./alloy-engine.js";
import { ALLOY_VERDICT_CODES } from "./alloy-verdict.js";
import { CHG_CODES } from "./change.js";
import type { CodeDoc } from "./code.js";
import { CFG_CODES } from "./config.js";
import { EARS_CODES } from "./ears.js";
import { EVD_CODES } from "./evidence.js";
import { EX_CODES } from "./example.js";
import { FILE_CODES } from "./file.js";
import { GLOSS_CODES } from "./glossary.js";
import { LINK_CODES } from "./link.js";
import { LOGIC_CODES } from "./logic.js";
import { RES_CODES } from "./result.js";
import { SPEC_CODES } from "./spec.js";
import { TAG_CODES } from "./tag.js";

/** Every finding code there is. A code, once released, keeps its meaning. */
export const FINDING_CODES = {
  ...FILE_CODES,
  ...SPEC_CODES,
  ...TAG_CODES,
  ...RES_CODES,
  ...EVD_CODES,
  ...CHG_CODES,
  ...CFG_CODES,
  ...EARS_CODES,
  ...GLOSS_CODES,
  ...LOGIC_CODES,
  ...ALLOY_CODES,
  ...ALLOY_ENGINE_CODES,
  ...LINK_CODES,
  ...EX_CODES,
  ...ALLOY_VERDICT_CODES,
} satisfies Record<string, CodeDoc>;

export type FindingCode = keyof typeof FINDING_CODES;

export function isFindingCode(text: string): text is FindingCode {
  return Object.hasOwn(FINDING_CODES, text);
}
