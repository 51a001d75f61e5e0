import type { Document, OutboxEntry } from "../kernel/model.js";

/**
 * Everything that was ever put into one document's outbox. The machine never takes a message out: that is done between
 * its steps, once the message is known to be delivered. Properties of the outbox are judged on the ledger, where delivered
 * messages stay.
 */
export interface Ledger {
  /** Takes what is in the outbox of a committed document. */
  record(document: Document): void;
  /** Notes that the message with this key and sequence is known to be delivered, and with it what it replaced. */
  deliver(key: string, sequence: number): void;
  /** The document with the ledger for its outbox: judged like any other state. */
  over(document: Document): Document;
  /**
   * Keys that the document has no longer although their last message is not known to be delivered: each breaks
   * `monotone_outbox_keys_never_disappear`.
   */
  lost(document: Document): readonly string[];
}

export function createLedger(): Ledger {
  const entries = new Map<string, OutboxEntry>();
  const delivered = new Map<string, number>();
  return {
    record({ outbox }) {
      for (const [key, entry] of outbox) {
        if ((entries.get(key)?.sequence ?? -1) < entry.sequence) entries.set(key, entry);
      }
    },
    deliver(key, sequence) {
      delivered.set(key, Math.max(sequence, delivered.get(key) ?? -1));
    },
    over: (document) => ({ ...document, outbox: new Map([...entries, ...document.outbox]) }),
    lost({ outbox }) {
      const isLost = (entry: OutboxEntry) =>
        !outbox.has(entry.key) && (delivered.get(entry.key) ?? -1) < entry.sequence;
      return [...entries.values()].filter(isLost).map(({ key }) => key);
    },
  };
}
