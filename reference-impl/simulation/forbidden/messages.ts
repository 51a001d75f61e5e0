import type { Detector, Seen, Watch } from "./detector.js";
import { appliedWrite, containedId, messageId } from "./ledger.js";

function publishBeforeCommit(): Watch {
  return (o, ledger): Seen => {
    if (o.kind !== "effect" || o.op !== "queue.publish") return undefined;
    const { address, body } = o.effect;
    if (ledger.contained.has(messageId(address, body))) return null;
    return `a message to ${address} is in no committed document: ${JSON.stringify(body)}`;
  };
}

function dropBeforePublish(): Watch {
  return (o, ledger): Seen => {
    const write = appliedWrite(o);
    const before = write === null ? null : ledger.newest(write.key);
    if (write === null || before === null) return undefined;
    let seen: Seen;
    for (const [key, { message }] of before.document.outbox) {
      if (message.kind !== "unblock" || write.value.document.outbox.has(key)) continue;
      seen = null;
      if (!ledger.published.has(containedId(message))) {
        return `${write.key} drops the unblock of ${message.promise.id} for ${message.address} unpublished`;
      }
    }
    return seen;
  };
}

export const MESSAGE_DETECTORS: readonly Detector[] = [
  {
    name: "publish-before-commit",
    tag: "MAP-PUBLISH-COMMITTED",
    meaning: "a message that no committed revision contained when it was published",
    start: publishBeforeCommit,
  },
  {
    name: "drop-before-publish",
    tag: "MAP-DROP-KEPT",
    meaning: "an unblock removed from the outbox without confirmed publication",
    start: dropBeforePublish,
  },
];
