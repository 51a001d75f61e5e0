import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { nextCommand, randomOf } from "../simulation/scripts/commands.js";
import { isRequest, MODES, settingsOf } from "../simulation/scripts/requests.js";
import { decodeDocument, encodeDocument } from "./codec.js";
import { handle } from "./handle.js";
import type { Document, Settings } from "./model.js";
import { EMPTY_DOCUMENT } from "./model.js";
import { isTargeted, project } from "./project.js";
import type { Request } from "./request.js";
import { enabled, fire } from "./step.js";
import { nextTimer, turn } from "./turn.js";

const SCRIPTS = 60;
const LENGTH = 80;

/** Every turn of random scripts. */
function eachTurn(
  settings: Settings,
  see: (before: Document, made: ReturnType<typeof turn>, now: number) => void,
): void {
  for (let seed = 1; seed <= SCRIPTS; seed += 1) {
    const random = randomOf(seed);
    let document = EMPTY_DOCUMENT;
    let now = 1;
    for (let i = 0; i < LENGTH; i += 1) {
      const command = nextCommand(random, document, now);
      now = command.now;
      const made = turn(document, now, command.request, settings, command.bound);
      see(document, made, now);
      document = made.document;
    }
  }
}

describe.each(MODES)("random scripts (%s)", (mode) => {
  const settings = settingsOf(mode);

  it("consist of steps that replay to the same documents", () => {
    traceSpec("DUR-TIME-FOLD");
    let steps = 0;
    eachTurn(settings, (before, made) => {
      let current = before;
      for (const step of made.steps) {
        steps += 1;
        expect(step.before).toBe(current);
        const replayed = isRequest(step.by)
          ? handle(current, step.now, step.by, settings)
          : { document: fire(current, step.now, step.by, settings), response: null };
        expect(replayed).toEqual({ document: step.after, response: step.response });
        current = step.after;
      }
      expect(made.document).toBe(current);
    });
    expect(steps).toBeGreaterThan(SCRIPTS * LENGTH);
  });

  it("leave documents that the codec gives back, and that go on in the same way", () => {
    eachTurn(settings, (_, { document }, now) => {
      const read = decodeDocument(encodeDocument(document));
      expect(read).toEqual(document);
      expect(enabled(read, now, settings)).toEqual(enabled(document, now, settings));
    });
  });

  it("keep the objects in step with each other", () => {
    eachTurn(settings, (_, { document, nextTimer: next }, now) => {
      for (const [id, task] of document.tasks) {
        const promise = document.promises.get(id);
        expect(promise !== undefined && isTargeted(promise, mode)).toBe(true);
        expect(task.state === "fulfilled").toBe(promise?.state !== "pending");
        const fields = [task.pid, task.ttl, task.expiresAt].map((field) => field !== undefined);
        expect(fields).toEqual(Array(3).fill(task.state === "acquired"));
        expect(task.retryAt !== undefined).toBe(task.state === "pending");
      }
      for (const promise of document.promises.values()) {
        expect(promise.settledAt === undefined).toBe(promise.state === "pending");
        const projected = project(promise, now);
        expect(project(projected, now)).toBe(projected);
      }
      expect(next).toBe(nextTimer(document, settings));
      // Nothing is due before the timer but deadlines of internal promises, which nobody can see.
      const due = enabled(document, now, settings).filter(({ step }) => step !== "R1");
      if (next === null || next > now) expect(due).toEqual([]);
    });
  });

  it("come to rest when their timers are followed", () => {
    traceSpec("DUR-TIME-NEXT");
    traceSpec("DUR-TIME-QUIET");
    for (let seed = 1; seed <= SCRIPTS; seed += 1) {
      const random = randomOf(seed);
      let document = EMPTY_DOCUMENT;
      let now = 1;
      for (let i = 0; i < LENGTH; i += 1) {
        const command = nextCommand(random, document, now);
        now = command.now;
        document = turn(document, now, command.request, settings, command.bound).document;
      }
      document = turn(document, now, { kind: "schedule.delete", data: { id: "s" } }, settings, 0).document;
      for (let next = nextTimer(document, settings); next !== null; next = nextTimer(document, settings)) {
        now = Math.max(now, next);
        const made = turn(document, now, null, settings, 1);
        expect(made.steps.length).toBeGreaterThan(0);
        document = made.document;
      }
      for (const { callbacks, listeners } of document.promises.values())
        expect([...callbacks, ...listeners]).toEqual([]);
      for (const { state } of document.tasks.values()) expect(state).toBe("fulfilled");
    }
  });
});

/** Which rules can make the modes answer this request on this document differently. */
function explanations(request: Request, document: Document): string[] {
  const text = JSON.stringify(request);
  const rules: string[] = [];
  const touched = [...document.promises.values()].filter(({ id }) => text.includes(`"${id}"`));
  const known = touched.map((promise) => JSON.stringify(promise.tags)).join();
  const all = text + known;
  if (/"resonate:timer"/.test(all) && /"resonate:target"/.test(all)) rules.push("timer-keeps-target");
  if (/"resonate:scope"/.test(all)) rules.push("global-scope-is-external");
  if (/nats:/.test(text)) rules.push("nats-is-deliverable");
  if (/"awaited"/.test(text)) rules.push("waits-stay-in-the-origin", "actions-name-the-task");
  if (/"resonate:branch"/.test(known)) rules.push("preload-is-filled");
  if (/"ttl":0\b/.test(text)) rules.push("ttl-is-positive");
  if (/"resonate:target":""/.test(text)) rules.push("target-is-nonempty");
  if (/"resonate:delay"/.test(text)) rules.push("delay-is-sound");
  if (request.kind === "task.fulfill") rules.push("actions-name-the-task");
  if (request.kind.endsWith(".search")) rules.push("search-is-served");
  return rules;
}

it("differ between the modes only where a rule says so", () => {
  const strict = settingsOf("strict");
  const compat = settingsOf("compat");
  let differences = 0;
  eachTurn(compat, (before, { steps: [first] }, now) => {
    if (first === undefined || !isRequest(first.by)) return;
    const answers = [strict, compat].map((settings) => {
      const { document, response } = handle(before, now, first.by as Request, settings);
      return { document: encodeDocument(document), response };
    });
    const same = JSON.stringify(answers[0]) === JSON.stringify(answers[1]);
    if (same) return;
    differences += 1;
    expect({ request: first.by, rules: explanations(first.by, before) }).toMatchObject({
      rules: expect.arrayContaining([expect.any(String)]),
    });
  });
  expect(differences).toBeGreaterThan(50);
});
