/** One entry of a campaign file, as `schemas/campaign.schema.json` has it. */
export interface CampaignItem {
  readonly kind: "simulation" | "fault-injection" | "differential" | "model";
  readonly name: string;
  readonly tags: readonly string[];
  readonly outcome: "pass" | "fail" | "error" | "inconclusive";
  /** Source of the judge, from the root of the repository. */
  readonly file?: string;
  /** How often the judge or its guard was met. */
  readonly triggered?: number;
  readonly seeds?: readonly (string | number)[];
  readonly strength?: Readonly<Record<string, string | number>>;
  readonly notes?: readonly string[];
}

/** A campaign file: what was run, and what it says about which tags. */
export function campaignOf(name: string, command: readonly string[], items: readonly CampaignItem[]): object {
  return {
    schema: "spec-evidence/campaign@1",
    producer: { name, command },
    items: [...items].sort((a, b) => (a.kind + a.name < b.kind + b.name ? -1 : 1)),
  };
}
