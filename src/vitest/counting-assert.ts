import { countAssertion } from "./observer.js";

type AnyFunction = (this: unknown, ...given: unknown[]) => unknown;

/** A stand-in for `node:assert` or `node:assert/strict` whose functions count; classes stay as they are. */
export function countingAssert(module: object): object {
  return isFunction(module) ? standIn(module, new Map()) : module;
}

function standIn(original: AnyFunction, done: Map<AnyFunction, AnyFunction>): AnyFunction {
  const known = done.get(original);
  if (known !== undefined) return known;
  const counted = counting(original);
  done.set(original, counted);
  for (const name of Object.getOwnPropertyNames(original)) {
    if (name === "length" || name === "name" || name === "prototype") continue;
    const member: unknown = Reflect.get(original, name);
    Reflect.set(counted, name, isFunction(member) && !/^[A-Z]/.test(name) ? standIn(member, done) : member);
  }
  return counted;
}

const restarted = new WeakSet<Error>();

/** The same function, which counts; the stack of a failure starts at the caller, as it would without. */
function counting(original: AnyFunction): AnyFunction {
  const counted: AnyFunction = function (...given) {
    countAssertion();
    try {
      return original.apply(this, given);
    } catch (error) {
      if (isAssertionError(error) && !restarted.has(error)) {
        restarted.add(error);
        // Node quotes the calling line, which is the one above.
        if (error.message.includes("original.apply(")) error.message = "The expression evaluated to a falsy value";
        Error.captureStackTrace(error, counted);
      }
      throw error;
    }
  };
  return counted;
}

/** Told by its code: importing the class would load the module that is being replaced. */
function isAssertionError(error: unknown): error is Error {
  return error instanceof Error && Reflect.get(error, "code") === "ERR_ASSERTION";
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}
