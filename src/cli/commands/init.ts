import { join } from "node:path";
import { proposeConfig } from "../../evidence/proposal.js";
import { CONFIG_FILE } from "../../host/config.js";
import { fileExists, readTextFile } from "../../host/files.js";
import { listInputs } from "../../host/inputs.js";
import { writeFileAtomic } from "../../host/write.js";
import type { GlobalOptions } from "../context.js";
import { rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";

const TELLING = /^(?:package\.json|(?:vitest|vite)\.config\.[cm]?[jt]s)$/u;

/** `evidence init`: writes a configuration from what the folder holds, and says what is left to do. */
export async function init(options: GlobalOptions): Promise<number> {
  const root = rootOf(options);
  const path = join(root.path, CONFIG_FILE);
  if (fileExists(path)) {
    throw new UsageError(`Unexpected ${CONFIG_FILE}, expected a folder without one; remove it to start anew`);
  }
  const files = await listInputs(root.path);
  const texts = new Map<string, string>();
  for (const file of files) {
    if (!TELLING.test(file)) continue;
    const read = readTextFile(root.path, file);
    if ("text" in read) texts.set(file, read.text);
  }
  const proposal = proposeConfig({ files, texts });
  writeFileAtomic(path, `${JSON.stringify(proposal.config, null, 2)}\n`, { within: root.path });
  const lines = [
    `Wrote ${CONFIG_FILE}.`,
    ...proposal.detected.map((each) => `  found  ${each}`),
    ...proposal.advice.map((each) => `  to do  ${each}`),
    "Next: `evidence check`",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return EXIT.clean;
}
