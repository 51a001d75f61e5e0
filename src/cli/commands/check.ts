import type { GlobalOptions } from "../context.js";
import { emit, note, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { judge } from "../judge.js";
import { writeManifest } from "../manifest-file.js";

/** `evidence check [paths]`: judges, writes the manifest, prints the report; the exit code is the gate's answer. */
export async function check(
  paths: string[],
  own: { run: boolean; strict?: boolean },
  options: GlobalOptions,
): Promise<number> {
  requireFormat("check", options);
  const judgement = await judge(options, {
    providers: own.run ? "run" : "read",
    paths,
    ...(own.strict === true ? { mode: "strict" } : {}),
  });
  if (paths.length > 0) note(options, "no manifest written: only part of the specifications was judged");
  else writeManifest(judgement, options);
  await emit("check", judgement.predicate, options);
  return judgement.predicate.gate === "pass" ? EXIT.clean : EXIT.findings;
}
