import { join } from "node:path";
import { withAgentsSection } from "../../evidence/agents.js";
import { fileExists, readTextFile } from "../../host/files.js";
import { writeFileAtomic } from "../../host/write.js";
import type { GlobalOptions } from "../context.js";
import { rootOf } from "../context.js";
import { EXIT, UsageError } from "../errors.js";

const AGENTS_FILE = "AGENTS.md";

/** `evidence init --agents`: the section of AGENTS.md about evidence, between its markers; the rest of the file stays. */
export function initAgents(options: GlobalOptions): number {
  const root = rootOf(options).path;
  const path = join(root, AGENTS_FILE);
  const read = fileExists(path) ? readTextFile(root, AGENTS_FILE) : { text: null };
  if ("finding" in read) throw new UsageError(`${AGENTS_FILE}: ${read.finding.message}`);
  const made = withAgentsSection(read.text);
  if ("problem" in made) throw new UsageError(`${AGENTS_FILE}: ${made.problem}`);
  if (made.text === read.text) {
    process.stdout.write(`${AGENTS_FILE} is up to date.\n`);
    return EXIT.clean;
  }
  writeFileAtomic(path, made.text, { within: root });
  process.stdout.write(`Wrote the section about evidence in ${AGENTS_FILE}.\n`);
  return EXIT.clean;
}
