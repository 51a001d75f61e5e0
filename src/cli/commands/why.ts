import { knowsTag } from "../../report/why/case.js";
import type { ChangeOptions } from "../change-options.js";
import { chooseBase } from "../change-options.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { judge } from "../judge.js";

/** `evidence why TAG`: judged from what is there, without running anything. */
export async function why(tag: string, own: ChangeOptions, options: GlobalOptions): Promise<number> {
  requireFormat("why", options);
  const { predicate } = await judge(options, { providers: "read", alloy: "known", base: chooseBase(own) });
  const question = { predicate, tag: tag.replace(/^\[|\]$/gu, "").toUpperCase() };
  await emit("why", question, options);
  return knowsTag(question) ? EXIT.clean : EXIT.usage;
}
