import type { Finding } from "../../model/finding.js";
import { arrangeFindings } from "../../model/finding.js";
import type { Solver } from "../../model/solver.js";
import { compareSpans, compareText } from "../../model/span.js";
import type { FormalStatement, Obstacle } from "../formal/formalise.js";
import { formalise } from "../formal/formalise.js";
import { lexiconOf } from "../formal/lexicon.js";
import type { Glossary } from "../glossary/glossary.js";
import type { EarsStatement, ReadStatement } from "../statement.js";
import { rivalries } from "./conflict.js";
import { withContexts } from "./context.js";
import type { Discovery } from "./discovery.js";
import { encoderOf } from "./encode.js";
import { factsOf } from "./facts.js";
import { gaps } from "./gap.js";
import { redundancies } from "./redundancy.js";
import type { LogicDetail } from "./report.js";
import { detailOf, findingOf, limitFindings } from "./report.js";
import { thresholds } from "./threshold.js";
import { touchedBy } from "./touched.js";
import { vacuities } from "./vacuity.js";
import { vocabulary } from "./vocabulary.js";
import type { World } from "./world.js";
import { caseOf } from "./world.js";

export interface LogicInput {
  /** All statements to be taken together, in any order: those of the main specifications, or those of one merged change. */
  statements: readonly EarsStatement[];
  glossary: Glossary;
}

export interface LogicFacts {
  statements: number;
  /** Statements all of whose words resolved to declared terms. Only these were analysed. */
  formalised: number;
  /** Read, but with words or a form that did not resolve. */
  opaque: number;
  /** Of the opaque ones: those with a deadline, duration or period. */
  timed: number;
  /** Groups of formalised statements that share outputs. */
  components: number;
  queries: number;
  /** Questions without an answer. */
  unknown: number;
  /** Pairs that were not compared, being too many. */
  skipped: number;
}

export interface LogicAnalysis {
  /** Arranged; ids do not depend on the solver, on the order of files or on line numbers. */
  findings: Finding[];
  facts: LogicFacts;
  /** What stands behind each finding, by its id. */
  details: ReadonlyMap<string, LogicDetail>;
  /** Statements that were analysed, in the order of their keys. */
  formal: readonly FormalStatement[];
  /** Statements that were left out, with what stood in the way. */
  opaque: readonly { statement: ReadStatement; obstacles: readonly Obstacle[] }[];
}

/**
 * Looks for conflicts, vacuity, redundancy, gaps, permissions against obligations, readings of WHEN that differ, unknown
 * values and thresholds that differ, over the statements that resolve to declared terms. The solver is not asked when nothing
 * is in question.
 */
export async function analyseLogic(input: LogicInput, solver: Solver): Promise<LogicAnalysis> {
  const lexicon = lexiconOf(input.glossary);
  const formals: FormalStatement[] = [];
  const opaque: { statement: ReadStatement; obstacles: readonly Obstacle[] }[] = [];
  for (const statement of input.statements) {
    if (statement.status !== "read") continue;
    const result = formalise(lexicon, statement);
    if ("formal" in result) formals.push(result.formal);
    else opaque.push({ statement, obstacles: result.obstacles });
  }
  formals.sort((a, b) => compareText(a.key, b.key) || compareSpans(a.source.span, b.source.span));
  const { facts, findings } = factsOf(lexicon);
  const counts = { queries: 0, unknown: 0, skipped: 0 };
  const world: World = { lexicon, encoder: encoderOf(lexicon), facts, solver, counts };
  const discoveries = [...(await examine(world, formals, input.statements, opaque))];
  const stated = discoveries.map((discovery) => ({ discovery, finding: findingOf(world, discovery) }));
  const arranged = arrangeFindings([
    ...findings,
    ...vocabulary(lexicon, opaque),
    ...stated.map(({ finding }) => finding),
    ...limitFindings(world, input.statements),
  ]);
  const kept = new Set(arranged.map((each) => each.id));
  return {
    findings: arranged,
    facts: {
      statements: input.statements.length,
      formalised: formals.length,
      opaque: opaque.length,
      timed: opaque.filter(({ obstacles }) => obstacles.some((each) => each.kind === "timing")).length,
      components: componentsOf(formals),
      ...counts,
    },
    details: new Map(
      stated.flatMap(({ discovery, finding }) =>
        kept.has(finding.id) ? [[finding.id, detailOf(discovery, finding)]] : [],
      ),
    ),
    formal: formals,
    opaque,
  };
}

async function examine(
  world: World,
  formals: readonly FormalStatement[],
  statements: readonly EarsStatement[],
  opaque: LogicAnalysis["opaque"],
): Promise<Discovery[]> {
  const { lexicon } = world;
  const cases = withContexts(
    formals.map((formal) => caseOf(lexicon, formal)),
    statements,
  );
  const empty = await vacuities(world, cases);
  const live = cases.filter((each) => !empty.vacuous.has(each));
  const differing = thresholds(world, live);
  const settled = new Set(
    differing.flatMap(({ cases: [one, other] }) => (one && other ? [`${one.formal.key}\n${other.formal.key}`] : [])),
  );
  const isSettled = (a: { formal: FormalStatement }, b: { formal: FormalStatement }) =>
    settled.has(`${a.formal.key}\n${b.formal.key}`) || settled.has(`${b.formal.key}\n${a.formal.key}`);
  return [
    ...empty.discoveries,
    ...(await rivalries(world, live)),
    ...(await redundancies(world, live, isSettled)),
    ...(await gaps(world, live, touchedBy(lexicon, statements, opaque))),
    ...differing,
  ];
}

/** How many groups of statements are connected by shared outputs. */
function componentsOf(formals: readonly FormalStatement[]): number {
  const parent = new Map<string, string>();
  const root = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  for (const { outputs } of formals) {
    const [first, ...rest] = outputs;
    if (first === undefined) continue;
    if (!parent.has(first)) parent.set(first, first);
    for (const other of rest) {
      if (!parent.has(other)) parent.set(other, other);
      parent.set(root(other), root(first));
    }
  }
  return new Set([...parent.keys()].map(root)).size;
}
