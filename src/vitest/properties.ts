import { countAssertion, observer } from "./observer.js";

interface FastCheck {
  constant(value: unknown): unknown;
  property(arbitrary: unknown, predicate: () => boolean): object;
  asyncProperty(arbitrary: unknown, predicate: () => Promise<boolean>): object;
}

type Predicate = (this: unknown, ...given: unknown[]) => unknown;

const watched = new WeakSet<object>();

/**
 * Makes the properties of a fast-check module count an assertion for each run whose predicate answered true or false.
 * A predicate that returns nothing asserts by `expect` and the like or not at all. A module of another shape is left alone.
 */
export function countProperties(module: object): void {
  if (!isFastCheck(module)) return;
  const constant = module.constant(0);
  watch(Object.getPrototypeOf(module.property(constant, () => true)));
  watch(Object.getPrototypeOf(module.asyncProperty(constant, async () => true)));
}

function watch(prototype: unknown): void {
  if (typeof prototype !== "object" || prototype === null || watched.has(prototype)) return;
  watched.add(prototype);
  const run: unknown = Reflect.get(prototype, "run");
  if (typeof run !== "function") return;
  Reflect.set(prototype, "run", function (this: object, ...given: unknown[]) {
    const attempt = observer()?.running.getStore();
    if (attempt !== undefined) attempt.property = true;
    if (!watched.has(this)) {
      watched.add(this);
      const predicate: unknown = Reflect.get(this, "predicate");
      if (typeof predicate === "function") Reflect.set(this, "predicate", counting(predicate as Predicate));
    }
    return run.apply(this, given);
  });
}

function counting(predicate: Predicate): Predicate {
  return function (...given) {
    const answer = predicate.apply(this, given);
    if (typeof answer === "boolean") countAssertion();
    else if (answer instanceof Promise) {
      return answer.then((late: unknown) => {
        if (typeof late === "boolean") countAssertion();
        return late;
      });
    }
    return answer;
  };
}

function isFastCheck(module: object): module is FastCheck {
  return ["constant", "property", "asyncProperty"].every((name) => typeof Reflect.get(module, name) === "function");
}
