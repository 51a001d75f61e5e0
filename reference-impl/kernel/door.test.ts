import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import {
  acquire,
  byId,
  COMPAT,
  callback,
  create,
  fence,
  fulfill,
  heartbeat,
  listener,
  release,
  schedule,
  settle,
  spawn,
  suspend,
  TARGET,
} from "../simulation/scripts/requests.js";
import { PROTOCOL_VERSION, parseRequest } from "./door.js";
import { handle } from "./handle.js";
import { EMPTY_DOCUMENT } from "./model.js";
import type { Request } from "./request.js";

const HEAD = { corrId: "c1", version: PROTOCOL_VERSION };

const REQUESTS: readonly Request[] = [
  byId("promise.get", "a"),
  create("a", 5, TARGET, { headers: { h: "1" }, data: "x" }),
  settle("a", "anything", { data: "" }),
  callback("a", "b"),
  listener("a"),
  { kind: "promise.search", data: { state: "pending", tags: TARGET, limit: 3, cursor: "a" } },
  byId("task.get", "a"),
  spawn("a", 5),
  acquire("a", 0),
  fence("a", 1, create("b", 5)),
  fence("a", 1, settle("b")),
  heartbeat("p", { id: "a", version: 1 }, { id: "b", version: 2 }),
  suspend("a", 1, "b", "c"),
  fulfill("a", 1),
  release("a", 1),
  byId("task.halt", "a"),
  byId("task.continue", "a"),
  { kind: "task.search", data: {} },
  byId("schedule.get", "a"),
  schedule("a", "* * * * *"),
  byId("schedule.delete", "a"),
  { kind: "schedule.search", data: {} },
];

function sent(request: object): unknown {
  return JSON.parse(JSON.stringify({ ...request, head: HEAD }));
}

/** Every way of spoiling one field of a JSON value: left out unless it may be, null, or of another type. */
function spoiled(value: unknown, optional: boolean): unknown[] {
  if (Array.isArray(value)) {
    const items = value.flatMap((item, i) => spoiled(item, false).map((bad) => value.with(i, bad)));
    return [null, 7, "x", {}, ...items];
  }
  if (typeof value !== "object" || value === null) {
    return [null, typeof value === "string" ? 7 : "7", typeof value === "number" ? -1 : true, [], {}];
  }
  const fields = Object.entries(value);
  const without = optional ? [] : fields.map(([key]) => Object.fromEntries(fields.filter(([other]) => other !== key)));
  const within = fields.flatMap(([key, field]) => {
    const free = /param|value|tags|headers/i.test(key);
    return spoiled(field, free).map((bad) => ({ ...value, [key]: bad }));
  });
  return [null, 7, "x", [], ...without, ...within];
}

describe("the door", () => {
  it.each(REQUESTS.map((request) => [request.kind, request] as const))("lets a well-formed %s in", (_, request) => {
    expect(parseRequest(sent(request))).toEqual({ ok: true, head: HEAD, request });
  });

  it.each(REQUESTS.map((request) => [request.kind, request] as const))("refuses each spoiled %s", (kind, request) => {
    traceSpec("DUR-REQUEST-REFUSED");
    const bad = spoiled(request.data, kind.endsWith(".search"));
    expect(bad.length).toBeGreaterThan(3);
    for (const data of bad) {
      const parsed = parseRequest(sent({ kind, data }));
      expect([parsed, data]).toEqual([{ ok: false, status: 400, kind, corrId: "c1", why: expect.any(String) }, data]);
    }
  });

  it("refuses an envelope that is not one, another version and another kind", () => {
    traceSpec("DUR-REQUEST-REFUSED");
    const data = { id: "a" };
    const refused = (input: unknown) => {
      const parsed = parseRequest(input);
      return parsed.ok ? parsed : [parsed.kind, parsed.corrId];
    };
    expect(refused(null)).toEqual(["unknown", ""]);
    expect(refused("promise.get")).toEqual(["unknown", ""]);
    expect(refused({ kind: 7, head: HEAD, data })).toEqual(["unknown", "c1"]);
    expect(refused({ kind: "promise.get", data })).toEqual(["promise.get", ""]);
    expect(refused({ kind: "promise.get", head: { ...HEAD, version: "2025-01-01" }, data })).toEqual([
      "promise.get",
      "c1",
    ]);
    for (const kind of ["promise.fetch", "__proto__", "constructor", "debug.start"]) {
      expect(refused({ kind, head: HEAD, data })).toEqual([kind, "c1"]);
    }
  });

  it("refuses any other action than a creation or a settlement in a fence", () => {
    traceSpec("DUR-TASK-FENCE-ACTION");
    const action = { kind: "promise.get", data: { id: "b" } };
    expect(parseRequest(sent({ kind: "task.fence", data: { id: "a", version: 1, action } })).ok).toBe(false);
  });

  it("takes the correlation id of a fenced action along, and nothing that the protocol does not have", () => {
    traceSpec("DUR-TASK-FENCE-CORRELATION");
    const action = {
      kind: "promise.settle",
      head: { corrId: "inner", auth: "x" },
      data: { ...settle("b").data, extra: 1 },
    };
    const parsed = parseRequest(sent({ kind: "task.fence", data: { id: "a", version: 1, action, ttl: 5 } }));
    expect(parsed.ok && parsed.request).toEqual(fence("a", 1, { ...settle("b"), corrId: "inner" }));
  });

  it("keeps tags that are called like parts of JavaScript", () => {
    const tags = JSON.parse('{"__proto__":"a","toString":"b"}');
    const parsed = parseRequest(sent(create("__proto__", 5, tags)));
    if (!parsed.ok || parsed.request.kind !== "promise.create") throw new Error("refused");
    expect(Object.entries(parsed.request.data.tags)).toEqual(Object.entries(tags));
    const { document } = handle(EMPTY_DOCUMENT, 1, parsed.request, COMPAT);
    expect([...document.promises.keys()]).toEqual(["__proto__"]);
  });

  it("takes only numbers that can be counted exactly, and texts as ids", () => {
    const wrong = [1.5, -1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
    for (const timeoutAt of wrong) expect(parseRequest({ ...create("a", timeoutAt), head: HEAD }).ok).toBe(false);
    for (const ttl of [2 ** 52, -1]) expect(parseRequest({ ...acquire("a", 0, { ttl }), head: HEAD }).ok).toBe(false);
    expect(parseRequest({ ...create("a", 2 ** 53 - 1), head: HEAD }).ok).toBe(true);
    expect(parseRequest({ ...create("\ud800", 5), head: HEAD }).ok).toBe(false);
    expect(parseRequest({ ...create("\u{1f600}", 5), head: HEAD }).ok).toBe(true);
  });
});

describe("hostile", () => {
  it("input of any shape is refused or let in, and never throws", () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom(...REQUESTS), fc.anything(), (input, { kind }, data) => {
        for (const tried of [input, { kind, head: HEAD, data }, { kind, head: input, data }]) {
          const parsed = parseRequest(tried);
          if (parsed.ok) handle(EMPTY_DOCUMENT, 1, parsed.request, COMPAT);
          else expect([parsed.status, typeof parsed.kind, typeof parsed.corrId]).toEqual([400, "string", "string"]);
        }
      }),
    );
  });
});
