import { AsyncLocalStorage } from "node:async_hooks";
import * as vitest from "vitest";
import { countChai, countExpect } from "./assertions.js";
import type { RunnerClass } from "./attempts.js";
import { watchRunner } from "./attempts.js";
import type { Attempt, Observer } from "./observer.js";
import { observer } from "./observer.js";

/** What the plugin sends to every worker. */
interface Provided {
  /** The defined tags, joined by line feeds; null when that is not known. */
  tags: string | null;
}

declare module "vitest" {
  interface ProvidedContext {
    specEvidence: Provided;
  }
}

// This file runs once per test file. With `isolate: false` files share a process, which is set up only once.
const watching = observer() ?? (await watch());
const tags = vitest.inject("specEvidence")?.tags;
watching.known = tags === undefined || tags === null ? null : new Set(tags === "" ? [] : tags.split("\n"));

async function watch(): Promise<Observer> {
  const made: Observer = {
    running: new AsyncLocalStorage<Attempt>(),
    open: new Set(),
    known: null,
    seesExpect: false,
  };
  globalThis.__specEvidence__ = made;
  made.seesExpect = countExpect(made, vitest.expect);
  countChai(vitest.chai);
  watchRunner(made, await runnerClass());
  return made;
}

/** The class whose instance runs the tests. */
async function runnerClass(): Promise<RunnerClass> {
  return vitest.TestRunner ?? (await import("./former-runner.js")).formerRunner;
}
