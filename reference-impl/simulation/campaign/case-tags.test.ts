import { readdirSync, readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import type { MicroStep } from "../../kernel/machine.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { Request } from "../../kernel/request.js";
import { turn } from "../../kernel/turn.js";
import { CASE_TAGS } from "./case-tags.js";
import { casesOf } from "./cases.js";

const SPECS = new URL("../../../openspec/specs/", import.meta.url);

const SETTINGS = { mode: "compat", retryTimeout: 5000 } as const;

function definedTags(): Set<string> {
  const texts = readdirSync(SPECS)
    .filter((folder) => folder.startsWith("durable-"))
    .map((folder) => readFileSync(new URL(`${folder}/spec.md`, SPECS), "utf8"));
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^#{3,4} .*\[([A-Z0-9-]+)\]$/gm)].map(([, tag]) => tag ?? "")),
  );
}

it("names only tags that are defined, and most of those of the life cycles", () => {
  traceSpec("SIM-CAMPAIGN-TAGS");
  const defined = definedTags();
  const named = Object.values(CASE_TAGS).flat();
  expect(named.filter((tag) => !defined.has(tag))).toEqual([]);
  expect(named.length).toBeGreaterThan(140);
  expect(new Set(named).size).toBe(named.length);
});

/** The cases of every step that these requests and what they make due take, one after the other. */
function cases(requests: readonly (readonly [number, Request | null])[]): Set<string> {
  let document = EMPTY_DOCUMENT;
  const steps: MicroStep[] = [];
  for (const [now, request] of requests) {
    const done = turn(document, now, request, SETTINGS, 20);
    document = done.document;
    steps.push(...done.steps);
  }
  return new Set(steps.flatMap((step) => casesOf(step, "compat")));
}

const create = (id: string, tags: Record<string, string>, timeoutAt = 90_000): Request => ({
  kind: "promise.create",
  data: { id, timeoutAt, param: {}, tags },
});
const settle = (id: string): Request => ({ kind: "promise.settle", data: { id, state: "resolved", value: {} } });
const target = { "resonate:target": "poll://any@g" };

it("tells creations apart", () => {
  traceSpec("SIM-CAMPAIGN-CASES");
  const found = cases([
    [10, create("a", target)],
    [20, create("a", {})],
    [30, create("b", {})],
    [40, create("c", target, 5)],
    [50, create("d", { ...target, "resonate:timer": "true" })],
    [60, create("e", { ...target, "resonate:delay": "80" })],
  ]);
  for (const key of [
    "live",
    "live targeted",
    "undelayed",
    "delayed",
    "existing",
    "untargeted",
    "dead targeted",
    "sleep",
  ])
    expect(found).toContain(`create ${key}`);
});

it("tells why a guard failed, and who was woken", () => {
  traceSpec("SIM-CAMPAIGN-CASES");
  const acquire: Request = { kind: "task.acquire", data: { id: "a", version: 0, pid: "p", ttl: 1000 } };
  const release = (version: number): Request => ({ kind: "task.release", data: { id: "a", version } });
  const found = cases([
    [10, create("a", target)],
    [11, create("a:0", { "resonate:external": "true" })],
    [12, release(1)],
    [13, acquire],
    [14, acquire],
    [15, release(7)],
    [
      16,
      {
        kind: "task.suspend",
        data: {
          id: "a",
          version: 1,
          actions: [{ kind: "promise.register_callback", data: { awaited: "a:0", awaiter: "a" } }],
        },
      },
    ],
    [17, settle("a:0")],
    [18, settle("a:0")],
    [95_000, settle("a")],
  ]);
  for (const key of [
    "guard the task is not acquired",
    "guard the task has another version",
    "task.acquire 200",
    "task.acquire 409 the task is not pending",
    "guard passed",
    "task.suspend 200",
    "settle live",
    "settle settled",
    "settle late",
    "R4 suspended",
    "R6",
  ])
    expect(found).toContain(key);
});
