import type { Finding } from "../../model/finding.js";
import { compareSpans, compareText } from "../../model/span.js";
import type { AlloyModel } from "../collect.js";
import type { AlloyText } from "../text/paragraph.js";
import { auditCommands } from "./commands.js";
import { auditDeclarations } from "./declarations.js";

export interface AlloyAudit {
  /** ALLOY004 to ALLOY012, in order of file and place. */
  findings: Finding[];
  /** Why a command could not have failed, by its index, for each model by its root. */
  hollow: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

/**
 * What can be told of models without solving them. Where the text leaves a doubt, nothing is reported: names are taken
 * to be used wherever they are written, in whichever model.
 */
export function auditModels(models: readonly AlloyModel[]): AlloyAudit {
  const findings = auditDeclarations(distinctTexts(models), models);
  const hollow = new Map<string, ReadonlyMap<number, string>>();
  for (const model of models) {
    const audited = auditCommands(model);
    findings.push(...audited.findings);
    hollow.set(model.module.root, audited.hollow);
  }
  return { findings: findings.sort((a, b) => compareSpans(a.span, b.span) || compareText(a.code, b.code)), hollow };
}

/** Each text once, though several models open it. */
function distinctTexts(models: readonly AlloyModel[]): AlloyText[] {
  const texts = new Map(models.flatMap((model) => model.texts.map((text) => [text.file, text] as const)));
  return [...texts.values()].sort((a, b) => compareText(a.file, b.file));
}
