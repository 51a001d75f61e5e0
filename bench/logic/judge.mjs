/** Compares what was reported with what is true. */
import { areAtOdds, defectsOf, isImplied } from "./truth.mjs";

/** @returns whether the planted change is a defect, whether it was found, and a test of any finding. */
export function judge(model, findings, check, planted) {
  const strange = model.statements.filter((each) => JSON.stringify(each).includes("dormant")).map((each) => each.tag);
  const read = { ...model, statements: model.statements.filter((each) => !strange.includes(each.tag)) };
  const truth = defectsOf(read);
  const byTag = new Map(read.statements.map((each) => [each.tag, each]));
  const pairIn = (pairs, [a, b]) => pairs.some((pair) => pair.includes(a) && pair.includes(b));
  const isTrue = (finding) => {
    const { statements: tags, tags: named } = finding;
    const allIn = (pairs) => pairIn(pairs, tags) && named.every((tag) => pairs.some((pair) => pair.includes(tag)));
    if (finding.check === "conflict") return allIn(truth.conflicts);
    if (finding.check === "permission") return allIn(truth.permissions);
    if (finding.check === "vacuity") return truth.vacuous.includes(tags[0]);
    if (finding.check === "redundancy") {
      const [one, ...core] = tags.map((tag) => byTag.get(tag));
      const needed = (each) =>
        core.length === 1 ||
        !isImplied(
          read,
          one,
          core.filter((other) => other !== each),
        );
      return isImplied(read, one, core) && core.every(needed);
    }
    if (finding.check === "gap") return truth.gaps.some((name) => finding.message.includes(name));
    if (finding.check === "edge-level")
      return tags.length === 1 ? truth.never.includes(tags[0]) : allIn(truth.readings);
    if (finding.check === "vocabulary") return strange.includes(named[0]);
    if (finding.check === "threshold") return isThreshold(read, ...tags.map((tag) => byTag.get(tag)));
    return false;
  };
  return {
    isTrue,
    isPlanted: isPlanted(read, truth, strange, check, planted),
    isFound: isFound(findings, check, planted),
  };
}

function isPlanted(model, truth, strange, check, planted) {
  if (check === "conflict") return truth.conflicts.some((pair) => pair.includes(planted));
  if (check === "permission") return truth.permissions.some((pair) => pair.includes(planted));
  if (check === "vacuity") return truth.vacuous.includes(planted);
  if (check === "redundancy") return truth.redundant.includes(planted);
  if (check === "gap") return truth.gaps.includes(planted);
  if (check === "vocabulary") return strange.includes(planted);
  return model.statements.some((each) => each.tag === planted);
}

function isFound(findings, check, planted) {
  const same = findings.filter((finding) => finding.check === check);
  if (check === "gap") return same.some((finding) => finding.message.includes(planted));
  return same.some((finding) => finding.tags.includes(planted));
}

/** Same demand, conditions alike but for one number of an inequality. */
function isThreshold(model, a, b) {
  if (a === undefined || b === undefined || JSON.stringify(a.demands) !== JSON.stringify(b.demands)) return false;
  const tests = (each) =>
    each.clauses.flatMap((clause) => clause.tests.map((test) => JSON.stringify([clause.keyword, test])));
  const [one, other] = [tests(a), tests(b)];
  const differing = one.filter((test, index) => test !== other[index]);
  return one.length === other.length && differing.length === 1 && !areAtOdds(model, a, b);
}
