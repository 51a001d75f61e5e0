import { distance } from "fastest-levenshtein";
import { knowsTag } from "../../report/why/case.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { judge } from "../judge.js";

const SUBCOMMANDS = ["list", "show", "find"];

/** Several words without a subcommand, of which the first nearly is one, are a slip: `tags shwo TAG`. */
export function refuseSlip([first = "", ...others]: readonly string[]): void {
  const meant = SUBCOMMANDS.find((name) => distance(first, name) <= 2);
  if (others.length === 0 || meant === undefined) return;
  throw new UsageError(`Unexpected command "tags ${first}", expected list, show or find. Did you mean ${meant}?`);
}

/** `evidence tags list|show TAG|find TEXT`. */
export async function showTags(view: "list" | "show" | "find", text: string, options: GlobalOptions): Promise<number> {
  requireFormat(`tags-${view}`, options);
  const { predicate } = await judge(options, {
    providers: "read",
    text: false,
    logic: false,
    alloy: "none",
    examples: "none",
  });
  if (view !== "show") {
    await emit(`tags-${view}`, { predicate, words: text }, options);
    return EXIT.clean;
  }
  const question = { predicate, tag: text.replace(/^\[|\]$/gu, "").toUpperCase() };
  await emit("tags-show", question, options);
  return knowsTag(question) ? EXIT.clean : EXIT.usage;
}
