import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { AlloyModel } from "../collect.js";
import { commandsOf } from "../collect.js";
import type { AlloyText, Assertion, Callable } from "../text/paragraph.js";
import { Places } from "../text/places.js";
import { lastPart, usesOf } from "../text/uses.js";
import { holdsByForm } from "./form.js";

/** ALLOY005, ALLOY007 and ALLOY009 for what texts declare. `texts` are those of the models, each once. */
export function auditDeclarations(texts: readonly AlloyText[], models: readonly AlloyModel[]): Finding[] {
  const checked = new Set(
    texts.flatMap((text) =>
      commandsOf(text).flatMap(({ kind, target }) =>
        kind === "check" && target !== null ? [lastPart(target.text)] : [],
      ),
    ),
  );
  const used = usesByName(texts);
  const roots = new Set(models.filter(({ commands }) => commands.length > 0).map(({ module }) => module.root));
  return texts.flatMap((text) => {
    const places = new Places(text.file, text.text);
    return text.paragraphs.flatMap((paragraph): Finding[] => {
      if (paragraph.kind === "assert") return auditAssertion(paragraph, places, checked);
      // A module that others open may well offer more than they use.
      if ((paragraph.kind !== "pred" && paragraph.kind !== "fun") || !roots.has(text.file)) return [];
      return !isShown(paragraph) && isUnused(paragraph, text, used) ? [unusedFinding(paragraph, places)] : [];
    });
  });
}

function auditAssertion(assertion: Assertion, places: Places, checked: ReadonlySet<string>): Finding[] {
  const { name, body } = assertion;
  const found: Finding[] = [];
  const shown = name === null ? "assertion without a name" : `assertion ${name.text}`;
  const common = { span: places.span(name ?? assertion), subject: name?.text ?? "" };
  if (name === null || !checked.has(name.text)) {
    found.push(
      finding({
        ...common,
        code: "ALLOY005",
        message: `Unexpected ${shown} that no command checks, expected a check`,
        ...(name === null ? {} : { suggestion: `Add \`check ${name.text} for 4 expect 0\`.` }),
      }),
    );
  }
  if (body !== null && holdsByForm(body)) {
    const what = body.kind === "block" && body.formulas.length === 0 ? "says nothing" : "is true by its form";
    found.push(
      finding({
        ...common,
        code: "ALLOY009",
        message: `Unexpected ${shown} that ${what}, expected something that a model could break`,
      }),
    );
  }
  return found;
}

interface Use {
  file: string;
  start: number;
}

/** Where names are used, by their last part: the first few places are enough to tell a use outside a paragraph. */
function usesByName(texts: readonly AlloyText[]): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const text of texts) {
    for (const paragraph of text.paragraphs) {
      const inParagraph = new Set<string>();
      for (const { text: name, start } of usesOf(text, paragraph)) {
        const key = lastPart(name);
        if (inParagraph.has(key)) continue;
        inParagraph.add(key);
        const known = uses.get(key);
        if (known === undefined) uses.set(key, [{ file: text.file, start }]);
        else if (known.length < 2) known.push({ file: text.file, start });
      }
    }
  }
  return uses;
}

/** Visualisers show what a function without parameters gives: that is a use too. */
function isShown({ kind, parameters, receiver }: Callable): boolean {
  return kind === "fun" && parameters?.length === 0 && receiver === null;
}

/** Named nowhere but in itself. */
function isUnused({ name, start, end }: Callable, text: AlloyText, used: ReadonlyMap<string, readonly Use[]>): boolean {
  const uses = used.get(lastPart(name.text)) ?? [];
  return uses.every((use) => use.file === text.file && start <= use.start && use.start < end);
}

function unusedFinding({ kind, name, receiver }: Callable, places: Places): Finding {
  const what = kind === "pred" ? "predicate" : "function";
  const shown = receiver === null ? name.text : `${receiver.text}.${name.text}`;
  return finding({
    code: "ALLOY007",
    message: `Unexpected ${what} ${shown} that nothing uses, expected a fact, assertion, predicate or command that does`,
    span: places.span(name),
    subject: shown,
    suggestion: kind === "pred" ? `Add \`run ${name.text} for 4 expect 1\`, or use it where it belongs.` : "Remove it.",
  });
}
