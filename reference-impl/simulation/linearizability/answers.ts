import type { Payload, Response } from "../../kernel/request.js";

/**
 * Whether a client's answer is the one that the machine gives. The words of a refusal are free, the `corrId` of a fenced
 * action is the caller's, and an empty preload is always right (protocol, section 7.18).
 */
export function sameAnswer(recorded: Response, computed: Response): boolean {
  if (recorded.kind !== computed.kind || recorded.status !== computed.status) return false;
  if (typeof recorded.data === "string" || typeof computed.data === "string") {
    return typeof recorded.data === typeof computed.data;
  }
  return samePayload(recorded.data, computed.data);
}

function samePayload(recorded: Payload, computed: Payload): boolean {
  const { preload, action, ...rest } = recorded;
  const { preload: expectedPreload, action: expectedAction, ...expected } = computed;
  if ((preload === undefined) !== (expectedPreload === undefined)) return false;
  if (preload !== undefined && preload.length > 0 && !equal(preload, expectedPreload)) return false;
  if ((action === undefined) !== (expectedAction === undefined)) return false;
  if (action !== undefined && expectedAction !== undefined && !sameAnswer(action, expectedAction)) return false;
  return equal(rest, expected);
}

/** Whether two JSON values are equal; an absent field and one that is undefined are. */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return (
      Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, index) => equal(each, other[index]))
    );
  }
  const left = new Map(Object.entries(one).filter(([, value]) => value !== undefined));
  const right = new Map(Object.entries(other).filter(([, value]) => value !== undefined));
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && equal(value, right.get(key)));
}
