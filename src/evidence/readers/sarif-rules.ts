import type { Span } from "../../model/span.js";
import { compareText } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import { isTag } from "../../model/tag.js";
import { decoded, reportedPath } from "./paths.js";
import type { JsonObject } from "./reader.js";
import { countAt, isFalse, isRecord, isTrue, listAt, recordAt, recordsAt, textAt } from "./reader.js";
import { titleTags, uniqueTags } from "./text.js";

export interface SarifRule {
  id: string;
  /** Tags it names, sorted: in `properties.tags`, or in brackets in its id and texts. */
  tags: Tag[];
  /** `defaultConfiguration.level`; `warning` when not given (SARIF 2.1.0, 3.49.14 and 3.50.3). */
  level: string;
  enabled: boolean;
}

/** The rules of one run, of its tool and the tool's extensions. */
export class RuleTable {
  readonly #byId = new Map<string, SarifRule>();
  /** By component (-1 is the driver) and position. */
  readonly #byIndex = new Map<string, SarifRule>();

  constructor(run: JsonObject) {
    const tool = recordAt(run, "tool");
    this.#add(recordAt(tool, "driver"), -1);
    listAt(tool, "extensions")?.forEach((each, index) => {
      if (isRecord(each)) this.#add(each, index);
    });
    for (const id of overriddenOn(run)) {
      const rule = this.#byId.get(id);
      if (rule !== undefined) rule.enabled = true;
    }
  }

  /** Rules that name a tag, in order of id. */
  tagged(): SarifRule[] {
    const rules = new Set([...this.#byIndex.values(), ...this.#byId.values()]);
    return [...rules].filter((rule) => rule.tags.length > 0).sort((a, b) => compareText(a.id, b.id));
  }

  /** The rule a result is about; a rule that is described nowhere is known by its id only. Null without any. */
  ruleOf(result: JsonObject): SarifRule | null {
    const reference = recordAt(result, "rule");
    const component = countAt(recordAt(reference, "toolComponent"), "index");
    const index = countAt(result, "ruleIndex") ?? countAt(reference, "index");
    const byIndex = index === null ? undefined : this.#byIndex.get(`${component ?? -1}:${index}`);
    if (byIndex !== undefined) return byIndex;
    const id = textAt(result, "ruleId") ?? textAt(reference, "id");
    if (id === null) return null;
    return this.#hierarchical(id) ?? this.#remember(id, { id });
  }

  /** A result may name `CA1000/1` for the rule `CA1000` (SARIF 2.1.0, 3.27.5). */
  #hierarchical(id: string): SarifRule | null {
    for (let name = id; ; name = name.slice(0, name.lastIndexOf("/"))) {
      const rule = this.#byId.get(name);
      if (rule !== undefined) return rule;
      if (!name.includes("/") || id.length > 1000) return null;
    }
  }

  #add(component: JsonObject, index: number): void {
    listAt(component, "rules")?.forEach((rule, position) => {
      const id = isRecord(rule) ? textAt(rule, "id") : null;
      if (isRecord(rule) && id !== null) this.#byIndex.set(`${index}:${position}`, this.#remember(id, rule));
    });
  }

  #remember(id: string, rule: JsonObject): SarifRule {
    const configuration = recordAt(rule, "defaultConfiguration");
    const read: SarifRule = {
      id,
      tags: tagsOf(id, rule),
      level: textAt(configuration, "level") ?? "warning",
      enabled: !isFalse(configuration, "enabled"),
    };
    if (!this.#byId.has(id)) this.#byId.set(id, read);
    return read;
  }
}

function tagsOf(id: string, rule: JsonObject): Tag[] {
  const listed = listAt(recordAt(rule, "properties"), "tags") ?? [];
  const named = listed.filter((each) => typeof each === "string").filter(isTag);
  const texts = ["shortDescription", "fullDescription", "help"].flatMap((member) => {
    const message = recordAt(rule, member);
    return [textAt(message, "text") ?? "", textAt(message, "markdown") ?? ""];
  });
  return uniqueTags([...named, ...titleTags([id, textAt(rule, "name") ?? "", ...texts])]);
}

/** Ids of rules that an invocation switches on against their default. */
function overriddenOn(run: JsonObject): string[] {
  return recordsAt(run, "invocations").flatMap((invocation) =>
    recordsAt(invocation, "ruleConfigurationOverrides").flatMap((override) => {
      const id = textAt(recordAt(override, "descriptor"), "id");
      return isTrue(recordAt(override, "configuration"), "enabled") && id !== null ? [id] : [];
    }),
  );
}

/**
 * What one result says of its rule: `failing`, `open` (undecided, or waiting for review), `suppressed`, or `none` (a
 * pass, a remark, or gone since the baseline). By SARIF 2.1.0, 3.27.9, 3.27.10 and 3.35.3.
 */
export function outcomeOfResult(result: JsonObject, rule: SarifRule): "failing" | "open" | "suppressed" | "none" {
  const kind = textAt(result, "kind") ?? "fail";
  if (textAt(result, "baselineState") === "absent") return "none";
  if (kind !== "fail") return kind === "open" || kind === "review" ? "open" : "none";
  if (isSuppressed(result)) return "suppressed";
  return (textAt(result, "level") ?? rule.level) === "none" ? "none" : "failing";
}

/** Suppressed when there are suppressions and none of them is rejected or still under review. */
function isSuppressed(result: JsonObject): boolean {
  const suppressions = listAt(result, "suppressions") ?? [];
  if (suppressions.length === 0) return false;
  return suppressions.every((each) => isRecord(each) && (textAt(each, "status") ?? "accepted") === "accepted");
}

/** Place of a result's first location; null when it has none or names no file. */
export function placeOfResult(result: JsonObject, root: string | null): Span | null {
  const physical = recordAt(recordsAt(result, "locations")[0] ?? {}, "physicalLocation");
  const uri = textAt(recordAt(physical, "artifactLocation"), "uri");
  const file = uri === null ? null : reportedPath(uri.startsWith("file:") ? uri : decoded(uri), root);
  if (file === null) return null;
  const region = recordAt(physical, "region");
  const line = Math.max(1, countAt(region, "startLine") ?? 1);
  const column = Math.max(1, countAt(region, "startColumn") ?? 1);
  const endLine = Math.max(line, countAt(region, "endLine") ?? line);
  const endColumn = Math.max(1, countAt(region, "endColumn") ?? column);
  return { file, line, column, endLine, endColumn: endLine === line ? Math.max(column, endColumn) : endColumn };
}
