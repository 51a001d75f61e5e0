import type { EarsCode } from "../../model/codes/ears.js";
import { ears001 } from "./ears001.js";
import { ears002 } from "./ears002.js";
import { ears003 } from "./ears003.js";
import { ears004 } from "./ears004.js";
import { ears005 } from "./ears005.js";
import { ears006 } from "./ears006.js";
import { ears007 } from "./ears007.js";
import { ears008 } from "./ears008.js";
import { ears009 } from "./ears009.js";
import { ears010 } from "./ears010.js";
import { ears011 } from "./ears011.js";
import { ears012 } from "./ears012.js";
import { ears013 } from "./ears013.js";
import { ears014 } from "./ears014.js";
import { ears015 } from "./ears015.js";
import { ears016 } from "./ears016.js";
import type { Rule } from "./rule.js";

/** Every rule of the EARS lint; a code without a rule does not compile. A scenario without a requirement is SPEC004. */
export const EARS_RULES: Readonly<Record<EarsCode, Rule>> = {
  EARS001: ears001,
  EARS002: ears002,
  EARS003: ears003,
  EARS004: ears004,
  EARS005: ears005,
  EARS006: ears006,
  EARS007: ears007,
  EARS008: ears008,
  EARS009: ears009,
  EARS010: ears010,
  EARS011: ears011,
  EARS012: ears012,
  EARS013: ears013,
  EARS014: ears014,
  EARS015: ears015,
  EARS016: ears016,
};
