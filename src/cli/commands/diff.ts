import { diffStates } from "../../evidence/diff.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat, rootOf } from "../context.js";
import { EXIT } from "../errors.js";
import { readState } from "../revision.js";

/** `evidence diff A B`: two manifests or revisions, in either order of age; nothing of them runs. */
export async function diff(before: string, after: string, options: GlobalOptions): Promise<number> {
  requireFormat("diff", options);
  const root = rootOf(options).path;
  await emit("diff", diffStates(await readState(root, before), await readState(root, after)), options);
  return EXIT.clean;
}
