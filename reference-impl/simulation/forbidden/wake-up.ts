import type { ServerSettings } from "../../algorithm/settings.js";
import type { Stored } from "../../algorithm/stored.js";
import { NEVER } from "../../kernel/instant.js";
import { nextTimer } from "../../kernel/turn.js";
import type { Ledger } from "./ledger.js";

/**
 * The latest instant at which a timer has to come for the document; null if it needs none. Computed from the document
 * alone: what the algorithm believes to have armed does not matter. Messages and intents have to be met again after the
 * grace period, which doubles with every timer that found messages waiting.
 */
export function deadlineOf({ document, hw, intent, stalled }: Stored, settings: ServerSettings): number | null {
  const { protocol, ceiling, grace } = settings;
  const due = intent === null ? (nextTimer(document, protocol) ?? NEVER) : NEVER;
  const again = document.outbox.size > 0 || intent !== null ? hw + grace * 2 ** Math.min(stalled, 16) : NEVER;
  const need = Math.min(due, again);
  return need >= NEVER ? null : Math.min(Math.max(need, hw + 1), hw + ceiling);
}

/** Whether some confirmed timer of the key comes in time; `except` is not counted. */
export function isCovered(ledger: Ledger, key: string, deadline: number, except: string | null = null): boolean {
  return ledger.timersOf(key).some(({ name, at }) => at <= deadline && name !== except);
}
