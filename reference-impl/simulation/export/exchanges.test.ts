import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import type { EventLine } from "../trace-line.js";
import { EXPORTS } from "./formats.js";

const get = { kind: "promise.get", data: { id: "a" } } as const;
const none = { kind: "promise.get", status: 404, data: "promise not found" } as const;

function line(id: string, time: number, process: string, op: string, args: Record<string, unknown>): EventLine {
  return { type: "event", id, time, process, kind: "message", op, args };
}

const send = (id: string, time: number, process: string, corrId: string) =>
  line(id, time, process, "request.send", { corrId, request: get });
const receive = (id: string, time: number, process: string, corrId: string) =>
  line(id, time, process, "reply.receive", { body: { kind: "reply", corrId, response: none } });

const trace = [
  send("e1", 10, "c0", "k1"),
  send("e2", 10, "c1", "k2"),
  send("e3", 20, "c0", "k1"),
  receive("e4", 30, "c0", "k1"),
  receive("e5", 31, "c0", "k1"),
  send("e6", 40, "c0", "k3"),
];

it("gives Porcupine one operation for each request, from the first sending to the first answer", () => {
  traceSpec("SIM-EXPORT-PORCUPINE");
  expect(JSON.parse(EXPORTS.porcupine.write(trace))).toEqual([
    { ClientId: 0, Input: get, Call: 0, Output: none, Return: 3 },
    { ClientId: 1, Input: get, Call: 1, Output: null, Return: 7 },
    { ClientId: 0, Input: get, Call: 5, Output: null, Return: 8 },
  ]);
});

it("gives the requests and responses of the wire in order, with the protocol's heads", () => {
  traceSpec("SIM-EXPORT-CONFORMANCE");
  const lines = EXPORTS.conformance
    .write(trace)
    .trimEnd()
    .split("\n")
    .map((each) => JSON.parse(each) as unknown);
  const asked = (at: number, client: string, corrId: string) => ({
    type: "request",
    at,
    client,
    body: { kind: "promise.get", head: { corrId, version: "2026-04-01" }, data: { id: "a" } },
  });
  expect(lines).toEqual([
    asked(10, "c0", "k1"),
    asked(10, "c1", "k2"),
    {
      type: "response",
      at: 30,
      client: "c0",
      body: {
        kind: "promise.get",
        head: { corrId: "k1", status: 404, version: "2026-04-01" },
        data: "promise not found",
      },
    },
    asked(40, "c0", "k3"),
  ]);
});
