import type { Mode } from "../model/config.js";
import { MODES } from "../model/config.js";
import type { BaseOptions } from "./base.js";
import { UsageError } from "./errors.js";

/** Options of `check` that say what a tree is held against and how the gate decides, as commander gives them. */
export interface ChangeOptions {
  strict?: boolean;
  mode?: string;
  base?: string;
  baseManifest?: string;
  acceptConfirmations?: boolean;
}

/** The mode that the command line asks for; undefined when the configuration decides. */
export function chooseMode({ strict, mode }: ChangeOptions): Mode | undefined {
  if (strict === true) return "strict";
  if (mode === undefined) return undefined;
  const known = MODES.find((each) => each === mode);
  if (known !== undefined) return known;
  throw new UsageError(`Unexpected mode "${mode}", expected ${MODES.join(", ")}`);
}

export function chooseBase({ base, baseManifest, acceptConfirmations }: ChangeOptions): BaseOptions | undefined {
  if (base !== undefined) return { ref: base, manifest: baseManifest, acceptConfirmations };
  const alone = baseManifest !== undefined ? "--base-manifest" : acceptConfirmations ? "--accept-confirmations" : null;
  if (alone !== null) throw new UsageError(`Unexpected ${alone} alone, expected --base beside it`);
  return undefined;
}
