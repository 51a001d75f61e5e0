import type { TraceLine } from "../trace-line.js";
import { exchangesOf } from "./exchanges.js";

const VERSION = "2026-04-01";

/**
 * What went over the wire, one request or response a line, in the order in which clients sent and received it: the bodies
 * are the protocol's own (protocol, sections 10.1 and 10.2), for a checker that knows the protocol and nothing of this
 * simulator. `at` is virtual time in milliseconds.
 */
export function toConformance(lines: readonly TraceLine[]): string {
  const messages = exchangesOf(lines).flatMap(({ client, corrId, request, response, sent, received }) => {
    const { kind, data } = request;
    const asked = { kind, head: { corrId, version: VERSION }, data };
    const call = { place: sent.place, line: { type: "request", at: sent.time, client, body: asked } };
    if (response === null || received === null) return [call];
    const head = { corrId, status: response.status, version: VERSION };
    const answered = { kind: response.kind, head, data: response.data };
    return [call, { place: received.place, line: { type: "response", at: received.time, client, body: answered } }];
  });
  const ordered = messages.sort((one, other) => one.place - other.place);
  return ordered.map(({ line }) => `${JSON.stringify(line)}\n`).join("");
}
