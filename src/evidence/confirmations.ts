import type { Confirmation, PlacedConfirmation } from "../model/confirmation.js";
import { confirmationSchema } from "../model/confirmation.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog } from "../model/reference.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { schemaIssues } from "./schema-issues.js";
import { fieldOf, secondField } from "./waivers.js";
import { readYamlLists } from "./yaml-lists.js";

export interface ConfirmationsFile {
  /** In the order of the file; each text of a tag once. */
  confirmations: PlacedConfirmation[];
  /** CHG012, CHG013. */
  findings: Finding[];
}

/**
 * Reads the text of a confirmations file (YAML). A file of another form gives none at all; of one of this form, each
 * malformed entry is left out with its findings.
 */
export function parseConfirmations(path: string, text: string): ConfirmationsFile {
  const read = readYamlLists(path, text, ["confirmations"], { noun: "confirmations" });
  if ("problem" in read) return { confirmations: [], findings: [finding({ code: "CHG013", ...read.problem })] };
  const known = new Map<string, PlacedConfirmation>();
  const findings: Finding[] = [];
  for (const entry of read.lists.get("confirmations") ?? []) {
    const parsed = confirmationSchema.safeParse(entry.value);
    const wrong = parsed.success ? [] : schemaIssues(confirmationSchema, entry.value, parsed.error);
    for (const issue of wrong) {
      findings.push(finding({ code: "CHG012", message: issue.message, span: entry.placeOf(...fieldOf(issue)) }));
    }
    if (entry.twice !== null) {
      findings.push(finding({ code: "CHG012", message: secondField(entry.twice.name), span: entry.twice.span }));
    }
    if (!parsed.success || entry.twice !== null) continue;
    const key = `${parsed.data.tag} ${parsed.data.text}`;
    const earlier = known.get(key);
    if (earlier === undefined) {
      known.set(key, { ...parsed.data, span: entry.span });
      continue;
    }
    findings.push(
      finding({
        code: "CHG012",
        message: `Unexpected second confirmation of one text of ${parsed.data.tag}, expected one`,
        span: entry.span,
        tags: [parsed.data.tag],
        related: [{ span: earlier.span, message: "first confirmation" }],
      }),
    );
  }
  return { confirmations: [...known.values()], findings };
}

export interface AppliedConfirmation extends Confirmation {
  state: "in force" | "stale";
}

/** Which confirmations are about the text of today, with findings about the others: CHG010, CHG011. */
export function applyConfirmations(
  confirmations: readonly PlacedConfirmation[],
  { definitions }: Catalog,
): { confirmed: ReadonlySet<Tag>; applied: AppliedConfirmation[]; findings: Finding[] } {
  const confirmed = new Set<Tag>();
  const findings: Finding[] = [];
  const applied = confirmations.map(({ span, ...confirmation }): AppliedConfirmation => {
    const { tag, text, owner, date } = confirmation;
    const definition = definitions.get(tag);
    if (definition?.textDigest === text) {
      confirmed.add(tag);
      return { ...confirmation, state: "in force" };
    }
    const common = { span, tags: [tag], subject: `${tag} ${text}` };
    if (definition === undefined) {
      const message = `Unexpected confirmation of ${tag}, expected a tag that a main specification defines`;
      findings.push(finding({ ...common, code: "CHG011", message }));
    } else {
      const message = `Unexpected confirmation of another text of ${tag} (by ${owner} on ${date}), expected one of the text that it has`;
      const related = [{ span: definition.span, message: "the text of today" }];
      findings.push(finding({ ...common, code: "CHG010", message, related }));
    }
    return { ...confirmation, state: "stale" };
  });
  applied.sort((a, b) => compareText(a.tag, b.tag) || compareText(a.text, b.text));
  return { confirmed, applied, findings };
}
