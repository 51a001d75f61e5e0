import type { AlloyCommand, AlloyOutline } from "../../model/alloy.js";

/**
 * Which command of the engine each command of the text is: index of the text's → index of the engine's. Both list what
 * stands in the root, in order; where their numbers differ, kind and line decide, and those without a partner are left out.
 */
export function pairCommands(commands: readonly AlloyCommand[], outline: AlloyOutline): Map<number, number> {
  const pairs = new Map<number, number>();
  const isSame = commands.length === outline.commands.length;
  const free = new Set(outline.commands);
  for (const [position, command] of commands.entries()) {
    const partner = isSame
      ? outline.commands[position]
      : [...free].find(({ kind, place }) => kind === command.kind && place.line === command.span.line);
    if (partner === undefined || partner.kind !== command.kind) continue;
    free.delete(partner);
    pairs.set(command.index, partner.index);
  }
  return pairs;
}
