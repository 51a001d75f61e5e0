import type { TraceLine } from "../trace-line.js";
import { eventsOf } from "../trace-line.js";
import { exchangesOf } from "./exchanges.js";

/**
 * The history of the clients as Porcupine's `[]Operation` in JSON: `ClientId`, `Input`, `Call`, `Output`, `Return`.
 * Instants are the places of the events in the trace, so that no two are equal. An operation without an answer has the
 * output null and returns after everything else. Source: github.com/anishathalye/porcupine, `porcupine.go`.
 */
export function toPorcupine(lines: readonly TraceLine[]): string {
  const exchanges = exchangesOf(lines);
  const end = eventsOf(lines).length;
  const clients = [...new Set(exchanges.map(({ client }) => client))];
  const operations = exchanges.map(({ client, request, response, sent, received }, index) => ({
    ClientId: clients.indexOf(client),
    Input: request,
    Call: sent.place,
    Output: response,
    Return: received?.place ?? end + index,
  }));
  return `${JSON.stringify(operations)}\n`;
}
