import type { Declaration, Expression, Sign } from "./expression.js";
import type { Comment, Token } from "./lex.js";

interface Base {
  /** Offsets in the text, the end exclusive. */
  start: number;
  end: number;
  /** Indices of its tokens, `last` exclusive. */
  first: number;
  last: number;
}

export type Paragraph =
  | ModuleHeader
  | Open
  | Signature
  | Enumeration
  | Fact
  | Assertion
  | Callable
  | Macro
  | Command
  /** What no paragraph begins with. */
  | (Base & { kind: "stray" });

export interface ModuleHeader extends Base {
  kind: "module";
  name: Sign;
  parameters: Sign[];
}

export interface Open extends Base {
  kind: "open";
  /** `util/ordering` and what it stands for here. */
  path: Sign;
  arguments: string[];
  alias: Sign | null;
}

export interface Field {
  names: Sign[];
  variable: boolean;
  disjoint: boolean;
  /** `=` instead of `:`. */
  defined: boolean;
  bound: Expression;
}

export interface Signature extends Base {
  kind: "sig";
  names: Sign[];
  abstract: boolean;
  variable: boolean;
  private: boolean;
  multiplicity: "one" | "lone" | "some" | null;
  relation: "extends" | "in" | "=" | null;
  parents: Sign[];
  /** Null when the fields cannot be read. */
  fields: Field[] | null;
  /** Signature fact; null without, or when it cannot be read. */
  body: Expression | null;
}

export interface Enumeration extends Base {
  kind: "enum";
  name: Sign;
  members: Sign[];
}

export interface Fact extends Base {
  kind: "fact";
  /** Null without. */
  name: Sign | null;
  /** Null when it cannot be read. */
  body: Expression | null;
}

export interface Assertion extends Base {
  kind: "assert";
  name: Sign | null;
  body: Expression | null;
}

export interface Callable extends Base {
  kind: "pred" | "fun";
  name: Sign;
  /** `Sig` of `pred Sig.name`. */
  receiver: Sign | null;
  private: boolean;
  /** Null when they cannot be read. */
  parameters: Declaration[] | null;
  result: Expression | null;
  body: Expression | null;
}

export interface Macro extends Base {
  kind: "let";
  name: Sign;
  parameters: Sign[];
  private: boolean;
  body: Expression | null;
}

export interface ScopeEntry {
  exactly: boolean;
  from: number;
  /** Null where it is open (`1.. steps`). */
  to: number | null;
  /** `Int`, `seq` and `steps` as well as signatures. */
  name: Sign;
}

export interface Scope {
  start: number;
  end: number;
  /** `for 4`; null without. */
  overall: number | null;
  entries: ScopeEntry[];
}

export interface Command extends Base {
  kind: "check" | "run";
  /** Of the word `check` or `run`. */
  keyword: Sign;
  label: Sign | null;
  /** What is checked or run by name; null for a block. */
  target: Sign | null;
  /** Offsets of the block; null for a name. */
  block: { start: number; end: number; body: Expression | null } | null;
  scope: Scope | null;
  /** Null without. */
  expect: number | null;
}

/** One text, read. */
export interface AlloyText {
  file: string;
  text: string;
  tokens: Token[];
  comments: Comment[];
  /** In order of place; every token stands in exactly one. */
  paragraphs: Paragraph[];
}
