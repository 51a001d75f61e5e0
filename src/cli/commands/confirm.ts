import { join } from "node:path";
import { addConfirmation } from "../../evidence/confirm.js";
import { schemaIssues } from "../../evidence/schema-issues.js";
import { today } from "../../host/clock.js";
import { fileExists, readTextFile } from "../../host/files.js";
import { gitUser } from "../../host/git.js";
import { writeFileAtomic } from "../../host/write.js";
import { confirmationSchema } from "../../model/confirmation.js";
import { buildCatalog } from "../../tags/catalog.js";
import { NearestTags } from "../../tags/nearest.js";
import type { GlobalOptions } from "../context.js";
import { requireText } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import { readSpecifications } from "../specifications.js";

export interface ConfirmOptions {
  reason: string;
  owner?: string;
  date?: string;
}

/** `evidence confirm TAG`: a person says that the evidence of a tag holds for its present text, and the file says who and why. */
export async function confirm(typed: string, own: ConfirmOptions, options: GlobalOptions): Promise<number> {
  requireText(options);
  const { root, config, documents } = await readSpecifications(options);
  const { definitions } = buildCatalog(documents).catalog;
  const tag = typed.replace(/^\[|\]$/gu, "").toUpperCase();
  const definition = definitions.get(tag);
  if (definition === undefined) {
    const near = new NearestTags([...definitions.keys()]).of(tag);
    const advice = near === null ? "" : `; did you mean ${near}?`;
    throw new UsageError(`Unexpected tag ${typed}, expected one that a main specification defines${advice}`);
  }
  const owner = own.owner ?? (await gitUser(root));
  if (owner === null) throw new UsageError("Unexpected absence of an owner, expected --owner or user.name of git");
  const confirmation = {
    tag,
    text: definition.textDigest,
    reason: own.reason.trim(),
    owner: owner.trim(),
    date: own.date ?? today(),
  };
  const parsed = confirmationSchema.safeParse(confirmation);
  if (!parsed.success) {
    const issues = schemaIssues(confirmationSchema, confirmation, parsed.error);
    throw new UsageError(issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join("\n"));
  }
  const path = config.confirmations;
  const before = textOf(root, path);
  const after = addConfirmation(path, before, parsed.data);
  if (after === null) throw new UsageError(`Unexpected content of ${path}, expected a list of confirmations; mend it`);
  writeFileAtomic(join(root, path), after, { within: root });
  if (options.quiet !== true) {
    process.stdout.write(
      `Confirmed ${tag} in ${path}.\nCommit it: \`check --base\` counts a confirmation once the base holds it.\n`,
    );
  }
  return EXIT.clean;
}

function textOf(root: string, path: string): string {
  if (!fileExists(join(root, path))) return "";
  const read = readTextFile(root, path);
  if ("finding" in read) throw new UsageError(`${path}: ${read.finding.message}`);
  return read.text;
}
