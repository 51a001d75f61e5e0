import type { ChangeOptions } from "../change-options.js";
import { chooseBase } from "../change-options.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { judge } from "../judge.js";

/** `evidence next`: judged from what is there, without running anything. */
export async function next(own: ChangeOptions, options: GlobalOptions): Promise<number> {
  requireFormat("next", options);
  const { predicate } = await judge(options, { providers: "read", alloy: "known", base: chooseBase(own) });
  await emit("next", predicate, options);
  return EXIT.clean;
}
