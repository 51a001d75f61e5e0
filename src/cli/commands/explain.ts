import { lookUp } from "../../report/explain/lookup.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";

/** `evidence explain CODE`. */
export async function explain(code: string, options: GlobalOptions): Promise<number> {
  requireFormat("explain", options);
  await emit("explain", { code }, options);
  return lookUp({ code }).code !== null ? EXIT.clean : EXIT.usage;
}
