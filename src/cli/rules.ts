import { join } from "node:path";
import type { Excuses } from "../evidence/base/rules.js";
import { parseBaseline } from "../evidence/baseline.js";
import { parseConfirmations } from "../evidence/confirmations.js";
import { parseWaivers } from "../evidence/waivers.js";
import { fileExists, readTextFile } from "../host/files.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";

export interface Rules {
  excuses: Excuses;
  findings: Finding[];
}

/** Gives the text of a file; null when it is not there. */
type ReadText = (path: string) => { text: string } | { finding: Finding } | null;

export const BASELINE_LIMITS = { maxBytes: 32 * 1024 * 1024, maxLine: 1024 * 1024 };

/** Waivers, confirmations and baseline of the judged folder, where the configuration says. */
export function readRules(root: string, config: Config): Rules {
  return rulesFrom(config, (path) =>
    fileExists(join(root, path))
      ? readTextFile(root, path, path === config.baseline ? BASELINE_LIMITS : undefined)
      : null,
  );
}

export function rulesFrom(config: Config, read: ReadText): Rules {
  const findings: Finding[] = [];
  const textOf = (path: string): string | null => {
    const found = read(path);
    if (found === null) return null;
    if ("text" in found) return found.text;
    findings.push(found.finding);
    return null;
  };
  const waivers = parseWaivers(config.waivers, textOf(config.waivers) ?? "");
  const confirmations = parseConfirmations(config.confirmations, textOf(config.confirmations) ?? "");
  const baselineText = textOf(config.baseline);
  const drawn = baselineText === null ? null : parseBaseline(config.baseline, baselineText);
  for (const each of [waivers, confirmations, drawn]) findings.push(...(each?.findings ?? []));
  return {
    excuses: {
      waivers: waivers.waivers,
      findingWaivers: waivers.findingWaivers,
      confirmations: confirmations.confirmations,
      baseline: drawn?.baseline ?? null,
    },
    findings,
  };
}
