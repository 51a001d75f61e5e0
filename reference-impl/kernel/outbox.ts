import type { Message } from "./model.js";

/** Key of the message that offers a task. */
function executeKey(task: string): string {
  return `execute/${task}`;
}

/** Key of the message to one listener of a promise. The length keeps ids and addresses apart that contain the separator. */
export function unblockKey(promise: string, address: string): string {
  return `unblock/${promise.length}/${promise}/${address}`;
}

/** The key under which a message waits; a later message with the same key replaces it. Source: protocol, section 9. */
export function keyOf(message: Message): string {
  return message.kind === "execute" ? executeKey(message.task.id) : unblockKey(message.promise.id, message.address);
}
