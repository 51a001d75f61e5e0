import type { AlloyAnswer, AlloyEngine, AlloyModule, AlloyReading } from "../../model/alloy.js";
import { sha256 } from "../../model/digest.js";
import { compareText } from "../../model/span.js";
import type { Cache } from "../cache.js";
import type { Pool, Task } from "./pool.js";

export interface EngineOptions {
  identity: AlloyEngine["identity"];
  /** Called when the first question comes that is not answered from the cache. */
  pool(): Promise<Pool>;
  cache: Cache;
  /** Names the code that asks and reads the answers: what other code was answered is not given. */
  asking: string;
  /** Milliseconds that reading one module may take. */
  readMs: number;
  /** Called when every process has ended, with whether any of them solved something. */
  closed?(solved: boolean): void;
}

/** An engine that keeps what it has been told: asked the same again, by any process, it starts nothing. */
export function alloyEngine({ identity, pool, cache, asking, readMs, closed }: EngineOptions): AlloyEngine {
  let opened: Promise<Pool> | null = null;
  let solved = false;
  const digests = new WeakMap<AlloyModule, string>();
  const digestOf = (module: AlloyModule): string => {
    const known = digests.get(module) ?? moduleDigest(module);
    digests.set(module, known);
    return known;
  };
  const answered = async <T extends AlloyAnswer | AlloyReading>(key: readonly string[], task: Task): Promise<T> => {
    const whole = [asking, ...key];
    const kept = cache.get<T>("alloy", whole);
    if (kept !== undefined) return kept;
    opened ??= pool();
    const { answer, lasting } = await (await opened).run(task);
    if (lasting) cache.set("alloy", whole, answer);
    solved ||= answer.status === "satisfiable" || answer.status === "unsatisfiable";
    return answer as T;
  };
  return {
    identity,
    read: (module, signal) => {
      const digest = digestOf(module);
      return answered<AlloyReading>([identity.digest, digest, "read"], {
        module,
        digest,
        timeoutMs: readMs,
        question: null,
        signal,
      });
    },
    ask: (module, question, options, signal) => {
      const digest = digestOf(module);
      const { timeoutMs, ...fixed } = options;
      const asked = JSON.stringify([question, fixed]);
      return answered<AlloyAnswer>([identity.digest, digest, asked], {
        module,
        digest,
        timeoutMs,
        question: { question, options },
        signal,
      });
    },
    close: async () => {
      if (opened === null) return;
      await (await opened).close();
      closed?.(solved);
    },
  };
}

function moduleDigest({ root, files }: AlloyModule): string {
  const sorted = Object.entries(files).sort(([a], [b]) => compareText(a, b));
  return sha256(JSON.stringify([root, sorted]));
}
