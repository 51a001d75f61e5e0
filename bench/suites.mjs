import { seeded } from "./random.mjs";
import { junitText } from "./results.mjs";
import { testFile } from "./source.mjs";
import { phrase } from "./specs.mjs";

/** Tests of one source file; results of one suite that stands in none; XML files altogether. */
const TESTS_PER_FILE = 4;
const CASES_PER_SUITE = 100;
const XML_FILES = 8;

/**
 * Every test with its result, in suites: those of the first `testFiles` suites stand in source files too (`text`).
 *
 * @param {number} seed
 * @param {object} catalog as `makeCatalog` gives it
 * @param {number} count results altogether
 * @param {number} testFiles
 */
export function makeSuites(seed, catalog, count, testFiles) {
  const random = seeded(seed, "results");
  const cases = drawCases(random, catalog, count);
  const suites = [];
  let next = 0;
  for (let number = 0; number < testFiles && next < cases.length; number++) {
    const some = cases.slice(next, next + TESTS_PER_FILE);
    next += some.length;
    const { path, text, suite, names } = testFile(number, some);
    const dialect = path.endsWith(".py") ? "pytest" : path.endsWith(".java") ? "surefire" : "vitest";
    suites.push({ dialect, file: path, text, suite, cases: some.map((each, at) => ({ ...each, name: names[at] })) });
  }
  while (next < cases.length) {
    const some = cases.slice(next, next + CASES_PER_SUITE);
    next += some.length;
    const named = some.map((each) => ({ ...each, name: `${phrase(each.requirement)} ${each.serial} [${each.tag}]` }));
    const suite = `part ${suites.length} of the regression suite`;
    suites.push({ dialect: "jest", file: `gone/part${suites.length}.test.js`, text: null, suite, cases: named });
  }
  return suites;
}

/** Each tag that is to have evidence once, in an order of no meaning, then more of them until there are enough. */
function drawCases(random, catalog, count) {
  const owners = new Map();
  for (const { requirements } of catalog.capabilities) {
    for (const requirement of requirements) {
      owners.set(requirement.tag, requirement);
      for (const { tag } of requirement.scenarios) owners.set(tag, requirement);
    }
  }
  const tested = catalog.tags.filter(({ fate }) => fate !== "missing");
  if (tested.length > count)
    throw new RangeError(`Unexpected ${count} results, expected one for each of ${tested.length} tags`);
  const cases = [];
  for (let serial = 0; serial < count; serial++) {
    const first = serial < tested.length;
    const { tag, fate } = first ? tested[serial] : random.pick(tested);
    // Only further results are skipped, so that no tag is left with nothing but a test that did not run.
    const outcome = first ? (fate === "failing" ? "fail" : "pass") : random.chance(0.01) ? "skipped" : "pass";
    const seconds = (random.between(1, 900) / 1000).toFixed(3);
    cases.push({ tag, serial, outcome, seconds, requirement: owners.get(tag) });
  }
  for (let at = cases.length - 1; at > 0; at--) {
    const other = random.between(0, at);
    [cases[at], cases[other]] = [cases[other], cases[at]];
  }
  return cases;
}

/** The suites as paths and texts of about `XML_FILES` files, each of one dialect. */
export function* resultFiles(suites) {
  for (const dialect of ["vitest", "surefire", "pytest", "jest"]) {
    const own = suites.filter((each) => each.dialect === dialect);
    const perFile = dialect === "jest" ? Math.ceil(own.length / (XML_FILES - 3)) : own.length;
    for (let at = 0; at < own.length; at += perFile) {
      yield [`reports/${dialect}-${at / perFile}.xml`, junitText(dialect, own.slice(at, at + perFile))];
    }
  }
}
