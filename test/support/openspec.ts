import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  buildUpdatedSpec,
  findSpecUpdates,
  writeUpdatedSpec,
} from "../../node_modules/@fission-ai/openspec/dist/core/specs-apply.js";
import { Validator } from "../../node_modules/@fission-ai/openspec/dist/core/validation/validator.js";

export interface Archived {
  /** Why OpenSpec refuses to merge; null when it does not. */
  refused: string | null;
  /** The main specification afterwards; null when it was refused or does not exist. */
  text: string | null;
  /** What the validation around the merge holds against entries and result; empty when it was refused. */
  invalid: string[];
}

/** A folder in which OpenSpec 1.13.2 itself merges one change after another. */
export class OpenSpecFolder {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), "openspec-")));
  readonly main = join(this.root, "openspec/specs/area/cap/spec.md");
  readonly change = join(this.root, "openspec/changes/my-change");
  readonly delta = join(this.change, "specs/area/cap/spec.md");

  constructor() {
    mkdirSync(dirname(this.main), { recursive: true });
    mkdirSync(dirname(this.delta), { recursive: true });
  }

  /** Does what `openspec archive my-change --yes` does to the specification, validation included. */
  async archive(main: string | null, delta: string): Promise<Archived> {
    rmSync(this.main, { force: true });
    if (main !== null) writeFileSync(this.main, main);
    writeFileSync(this.delta, delta);
    const [update] = await findSpecUpdates(this.change, join(this.root, "openspec/specs"));
    if (update === undefined) throw new Error("OpenSpec found no delta specification");
    try {
      const built = await buildUpdatedSpec(update, "my-change", { silent: true });
      const validator = new Validator();
      const entries = await validator.validateChangeDeltaSpecs(this.change);
      const result = await validator.validateSpecContent(update.id, built.rebuilt);
      const { added, modified, removed, renamed } = built.counts;
      const applied = added + modified + removed + renamed;
      if (applied > 0) await writeUpdatedSpec(update, built.rebuilt, built.counts, { silent: true });
      const exists = applied > 0 || main !== null;
      return {
        refused: null,
        text: exists ? readFileSync(this.main, "utf8") : null,
        invalid: [...entries.issues, ...result.issues]
          .filter((issue) => issue.level === "ERROR")
          .map((issue) => issue.message),
      };
    } catch (cause) {
      return { refused: cause instanceof Error ? cause.message : String(cause), text: null, invalid: [] };
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
