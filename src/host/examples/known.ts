import type { ExampleCase, ExampleRun } from "../../evidence/examples/run.js";
import { sha256 } from "../../model/digest.js";
import type { Cache } from "../cache.js";
import { fileDigests, inputsDigest, listInputs } from "../inputs.js";

/** Runs of examples that are known from before, each on exactly the tree that stands there now. */
export interface KnownRuns {
  get(example: ExampleCase): ExampleRun | undefined;
  /** Keeps runs that began after this was opened, unless a file of the tree has changed since. */
  keep(runs: readonly (readonly [ExampleCase, ExampleRun])[]): Promise<void>;
}

/**
 * Opens what the cache holds of the tree below `root`: every file that a person wrote, but those that match `outputs`,
 * which the tool and its providers write.
 */
export async function knownRuns(root: string, outputs: readonly string[], cache: Cache): Promise<KnownRuns> {
  const digests = fileDigests(root);
  const digestNow = async () =>
    inputsDigest(await listInputs(root), digests, { command: [], inputs: ["**"], always: [], outputs });
  const tree = await digestNow();
  return {
    get: (example) => cache.get<ExampleRun>("example", [tree, identityOf(example)]),
    keep: async (runs) => {
      if ((await digestNow()) !== tree) return;
      for (const [example, run] of runs) cache.set("example", [tree, identityOf(example)], run);
    },
  };
}

/** Lines of a run are those of the specification, so the place takes part. */
function identityOf({ file, name, language, example }: ExampleCase): string {
  return sha256(JSON.stringify([file, name, language, example.firstLine, example.code]));
}
