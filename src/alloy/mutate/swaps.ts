/** What replaces an operator: one alternative each, the one most easily confused with it. */
interface Swap {
  /** Name of the change. */
  change: string;
  to: string;
  /** The replacement binds otherwise, so that everything has to be put in parentheses. */
  wraps?: true;
}

export const BINARY_SWAPS: Readonly<Record<string, Swap>> = {
  and: { change: "and to or", to: "or", wraps: true },
  or: { change: "or to and", to: "and", wraps: true },
  "=>": { change: "implication to equivalence", to: "<=>", wraps: true },
  "<=>": { change: "equivalence to implication", to: "=>", wraps: true },
  "=": { change: "equality to inclusion", to: "in" },
  in: { change: "inclusion to equality", to: "=" },
  "!=": { change: "inequality to equality", to: "=" },
  "!in": { change: "exclusion to inclusion", to: "in" },
  "<": { change: "bound moved", to: "=<" },
  "=<": { change: "bound moved", to: "<" },
  ">": { change: "bound moved", to: ">=" },
  ">=": { change: "bound moved", to: ">" },
  "+": { change: "union to difference", to: "-" },
  "-": { change: "difference to union", to: "+" },
  "&": { change: "intersection to union", to: "+", wraps: true },
  "++": { change: "override to union", to: "+", wraps: true },
  "fun/add": { change: "sum to difference", to: "fun/sub" },
  "fun/sub": { change: "difference to sum", to: "fun/add" },
  until: { change: "until to releases", to: "releases" },
  releases: { change: "releases to until", to: "until" },
  since: { change: "since to triggered", to: "triggered" },
  triggered: { change: "triggered to since", to: "since" },
};

/** Prefix operators; an empty replacement drops them. */
export const UNARY_SWAPS: Readonly<Record<string, Swap>> = {
  "!": { change: "negation dropped", to: "" },
  always: { change: "always to eventually", to: "eventually" },
  eventually: { change: "eventually to always", to: "always" },
  historically: { change: "historically to once", to: "once" },
  once: { change: "once to historically", to: "historically" },
  after: { change: "after dropped", to: "" },
  before: { change: "before dropped", to: "" },
  "'": { change: "prime dropped", to: "" },
  "^": { change: "closure made reflexive", to: "*" },
  "*": { change: "closure made irreflexive", to: "^" },
  "~": { change: "transpose dropped", to: "" },
  some: { change: "some to no", to: "no" },
  no: { change: "no to some", to: "some" },
  one: { change: "one to lone", to: "lone" },
  lone: { change: "lone to one", to: "one" },
};

export const QUANTIFIER_SWAPS: Readonly<Record<string, Swap>> = {
  all: { change: "all to some", to: "some" },
  some: { change: "some to all", to: "all" },
  no: { change: "no to some", to: "some" },
  one: { change: "one to lone", to: "lone" },
  lone: { change: "lone to one", to: "one" },
};

/** How many a field or variable may have. */
export const MULTIPLICITY_SWAPS: Readonly<Record<string, Swap>> = {
  one: { change: "multiplicity one to lone", to: "lone" },
  lone: { change: "multiplicity lone to set", to: "set" },
  some: { change: "multiplicity some to set", to: "set" },
  set: { change: "multiplicity set to some", to: "some" },
};
