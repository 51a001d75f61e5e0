import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { judge } from "../judge.js";

/** `evidence exceptions`: everything that is excused, judged from what is there, without running anything. */
export async function exceptions(options: GlobalOptions): Promise<number> {
  requireFormat("exceptions", options);
  const { predicate } = await judge(options, { providers: "read" });
  await emit("exceptions", predicate, options);
  return EXIT.clean;
}
