import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../model/canonical.js";
import { readBytes } from "./bytes.js";
import { writeFileAtomic } from "./write.js";

const digest = z.string().regex(/^[0-9a-f]{64}$/);

const stateSchema = z.strictObject({
  schema: z.literal("spec-evidence/provider-state@1"),
  /** Digest of everything the run depended on. */
  inputs: digest,
  exitCode: z.int(),
  /** SHA-256 of the results files it left, by path. */
  results: z.record(z.string(), digest),
});

/** What is remembered of a provider's last complete run. */
export type ProviderState = Omit<z.infer<typeof stateSchema>, "schema">;

/** Where a provider's state, log and former results are kept. */
function providerFolder(root: string, name: string): string {
  return join(root, ".evidence", "providers", name);
}

/** The state of the last complete run; null when there was none or the record is damaged. */
export function readState(root: string, name: string): ProviderState | null {
  const read = readBytes(statePath(root, name), { maxBytes: 64 * 1024 * 1024, followLink: false });
  if (!("bytes" in read)) return null;
  try {
    const parsed = stateSchema.safeParse(JSON.parse(read.bytes.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers a complete run. */
export function writeState(root: string, name: string, state: ProviderState): void {
  const text = canonicalJson({ schema: "spec-evidence/provider-state@1", ...state });
  writeFileAtomic(statePath(root, name), text, { within: root, durable: false });
}

function statePath(root: string, name: string): string {
  return join(providerFolder(root, name), "state.json");
}
