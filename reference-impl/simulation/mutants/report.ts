import type { CampaignItem } from "../campaign/file.js";
import { campaignOf } from "../campaign/file.js";
import { tagsOfJudge } from "../campaign/judge-tags.js";
import type { Mutant } from "./mutant.js";
import type { MutantVerdicts } from "./verdicts.js";

/**
 * What the mutants show, for `evidence check`: of every judge that it can fail, because it failed on planted defects,
 * and of the machine as a whole that no planted defect went unnoticed.
 */
export function mutantsCampaign(mutants: readonly Mutant[], verdicts: MutantVerdicts): object {
  const judges = [...verdicts.byJudge].flatMap(([judge, killers]): CampaignItem[] => {
    const tags = tagsOfJudge(judge);
    if (tags.length === 0) return [];
    return [
      {
        kind: "fault-injection",
        name: `${judge} notices planted defects`,
        tags,
        outcome: "pass",
        triggered: killers.length,
        strength: { "mutants broken by": killers.length },
        notes: [`mutants: ${killers.join(", ")}`, "replay: npm run sim:mutants -- --only NAME"],
      },
    ];
  });
  const { killed, survived, equivalent, untried, medianSeedsToKill } = verdicts;
  const whole: CampaignItem = {
    kind: "fault-injection",
    name: "every planted defect is noticed",
    tags: ["SIM-MUTANTS"],
    outcome: survived.length + untried.length === 0 ? "pass" : "fail",
    triggered: mutants.length,
    strength: {
      mutants: mutants.length,
      killed: killed.length,
      survived: survived.length,
      "argued equivalent": equivalent.length,
      "median seeds to kill": medianSeedsToKill ?? 0,
    },
    notes: [
      ...(survived.length === 0 ? [] : [`survived: ${survived.map(({ mutant }) => mutant).join(", ")}`]),
      ...(untried.length === 0 ? [] : [`do not run: ${untried.map(({ mutant }) => mutant).join(", ")}`]),
      ...equivalent.map(({ mutant }) => `${mutant} is equivalent: ${argument(mutants, mutant)}`),
    ],
  };
  return campaignOf("durable mutants", ["npm", "run", "sim:mutants"], [whole, ...judges]);
}

function argument(mutants: readonly Mutant[], name: string): string {
  return mutants.find((mutant) => mutant.name === name)?.equivalent ?? "";
}
