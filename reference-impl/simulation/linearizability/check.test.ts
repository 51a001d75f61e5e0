import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { check } from "./check.js";
import type { RegisterOperation, RegisterRequest } from "./register.js";
import { REGISTER } from "./register.js";

function operation(call: number, answer: number | null, request: RegisterRequest, response: number | null) {
  const made: RegisterOperation = { process: `p${call}`, call, return: answer, request, response };
  return made;
}

const read = { kind: "read" } as const;
const write = (value: number) => ({ kind: "write", value }) as const;

it("finds an order of overlapping operations that explains their answers", () => {
  traceSpec("SIM-LINEAR-ORDER");
  const history = [operation(0, 5, write(1), 1), operation(1, 2, read, 1), operation(3, 4, read, 1)];
  expect(check(history, REGISTER)).toMatchObject({ verdict: "linearizable", order: [0, 1, 2] });
});

it("lets no operation take effect before its call", () => {
  traceSpec("SIM-LINEAR-ORDER");
  const history = [operation(0, 1, read, 1), operation(2, 3, write(1), 1)];
  expect(check(history, REGISTER)).toMatchObject({ verdict: "not-linearizable", stuck: 0, longest: [] });
});

it("lets no operation take effect after its answer", () => {
  traceSpec("SIM-LINEAR-ORDER");
  const history = [operation(0, 1, write(1), 1), operation(2, 3, read, 0)];
  expect(check(history, REGISTER)).toMatchObject({ verdict: "not-linearizable", stuck: 1, longest: [0] });
});

it("lets an operation of unknown outcome take effect at any later time, or never", () => {
  traceSpec("SIM-LINEAR-UNKNOWN");
  const lost = operation(0, null, write(1), null);
  expect(check([lost, operation(1, 2, read, 0)], REGISTER).verdict).toBe("linearizable");
  expect(check([lost, operation(1, 2, read, 1)], REGISTER).verdict).toBe("linearizable");
  expect(check([lost, operation(1, 2, read, 0), operation(3, 4, read, 1)], REGISTER).verdict).toBe("linearizable");
  expect(check([lost, operation(1, 2, read, 1), operation(3, 4, read, 0)], REGISTER).verdict).toBe("not-linearizable");
});

it("says that nothing is known when the limit is reached", () => {
  traceSpec("SIM-LINEAR-LIMIT");
  const writes = Array.from({ length: 12 }, (_, index) => operation(index, 100 + index, write(index), 1));
  const history = [...writes, operation(50, 51, read, 99)];
  expect(check(history, REGISTER, 200)).toEqual({ verdict: "undecided", visited: 201 });
});

it("visits each configuration once", () => {
  traceSpec("SIM-LINEAR-LIMIT");
  // 12 writes at once and one read that nothing explains: 12! orders, but at most 2^12 sets of them times 13 values.
  const writes = Array.from({ length: 12 }, (_, index) => operation(index, 100 + index, write(index), 1));
  const verdict = check([...writes, operation(50, 51, read, 99)], REGISTER);
  expect(verdict.verdict).toBe("not-linearizable");
  expect(verdict.visited).toBeLessThan(2 ** 12 * 13);
});
