import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { documentOf, execute, task, unblock } from "./examples/example.js";
import { IMPLEMENTATION_STATES } from "./implementation.js";
import { createLedger } from "./ledger.js";

const offered = documentOf({ outbox: [execute(), unblock()] });
const sent = documentOf({});
const [executeEntry, unblockEntry] = [...offered.outbox.values()];

describe("the ledger", () => {
  it("finds messages that are gone and not known to be delivered", () => {
    traceSpec("PROP-JUDGE-LEDGER", "PROP-MONOTONE-OUTBOX-KEYS-NEVER-DISAPPEAR");
    const ledger = createLedger();
    ledger.record(offered);
    expect(ledger.lost(offered)).toEqual([]);
    expect(ledger.lost(sent)).toEqual([executeEntry?.key, unblockEntry?.key]);
    ledger.deliver(executeEntry?.key ?? "", 1);
    expect(ledger.lost(sent)).toEqual([unblockEntry?.key]);
    ledger.deliver(unblockEntry?.key ?? "", 2);
    expect(ledger.lost(sent)).toEqual([]);
  });

  it("does not take the delivery of a message for that of the one that has replaced it", () => {
    traceSpec("PROP-JUDGE-LEDGER-REPLACED");
    const ledger = createLedger();
    ledger.record(offered);
    const again = { key: executeEntry?.key ?? "", sequence: 7, message: execute() };
    ledger.record({ ...sent, outbox: new Map([[again.key, again]]) });
    ledger.deliver(executeEntry?.key ?? "", 1);
    ledger.deliver(unblockEntry?.key ?? "", 2);
    expect(ledger.lost(sent)).toEqual([executeEntry?.key]);
    ledger.record(offered);
    ledger.deliver(executeEntry?.key ?? "", 7);
    ledger.deliver(executeEntry?.key ?? "", 1);
    expect(ledger.lost(sent)).toEqual([]);
  });

  it("keeps delivered messages for the properties of the outbox", () => {
    traceSpec("PROP-JUDGE-LEDGER-DELIVERED", "PROP-OUTBOX-NEVER-AHEAD");
    const ledger = createLedger();
    ledger.record(offered);
    ledger.deliver(executeEntry?.key ?? "", 1);
    const behind = documentOf({ tasks: [task("pending")] });
    const property = IMPLEMENTATION_STATES.find(({ name }) => name === "OutboxNeverAhead");
    const settings = { mode: "strict", retryTimeout: 40 } as const;
    expect(property?.judge(60, behind, settings)).toEqual({ met: 0, broken: null });
    expect(property?.judge(60, ledger.over(behind), settings)).toMatchObject({
      met: 1,
      broken: expect.stringContaining("ahead"),
    });
  });
});
