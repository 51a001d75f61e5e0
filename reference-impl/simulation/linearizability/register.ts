import type { Model } from "./check.js";
import type { Operation } from "./history.js";

/** A register that holds one number, 0 at first: the smallest object on which the checker itself can be judged. */
export type RegisterRequest =
  | { readonly kind: "read" }
  | { readonly kind: "write"; readonly value: number }
  /** Writes `value` if the register holds `expected`; the answer is 1 if it did, else 0. */
  | { readonly kind: "cas"; readonly expected: number; readonly value: number };

/** What was read, 1 or 0 of a compare-and-set, and 1 of a write. */
export type RegisterResponse = number;

export type RegisterOperation = Operation<RegisterRequest, RegisterResponse>;

/** What the register holds after a request, and its answer. */
export function register(state: number, request: RegisterRequest): { state: number; response: number } {
  if (request.kind === "read") return { state, response: state };
  if (request.kind === "write") return { state: request.value, response: 1 };
  return state === request.expected ? { state: request.value, response: 1 } : { state, response: 0 };
}

export const REGISTER: Model<number, RegisterOperation> = {
  initial: 0,
  follow(state, operation) {
    const after = register(state, operation.request);
    return operation.response === null || operation.response === after.response ? [after.state] : [];
  },
  key: String,
};
