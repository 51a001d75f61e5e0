import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import type { Model } from "./check.js";
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

it("visits a configuration again with a lower rank, which allows more, and not with a higher one", () => {
  traceSpec("SIM-LINEAR-LIMIT");
  // A write may take effect dearly or cheaply, dearly first; a read is answered only while little was spent.
  const model: Model<{ value: number; spent: number }, RegisterOperation> = {
    initial: { value: 0, spent: 0 },
    *follow({ value, spent }, { request, response }) {
      if (request.kind === "write") {
        yield { value: request.value, spent: spent + 5 };
        yield { value: request.value, spent: spent + 1 };
      } else if (response === value && spent < 4) yield { value, spent };
    },
    key: ({ value }) => String(value),
    rank: ({ spent }) => spent,
  };
  const history = [operation(0, 1, write(1), 1), operation(2, 3, write(2), 1), operation(4, 5, read, 2)];
  expect(check(history, model).verdict).toBe("linearizable");
  expect(check([...history, operation(6, 7, read, 1)], model)).toMatchObject({ verdict: "not-linearizable", stuck: 3 });
});
