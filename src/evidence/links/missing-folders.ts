import type { Finding, Severity } from "../../model/finding.js";
import { finding, SEVERITIES } from "../../model/finding.js";
import { compareText } from "../../model/span.js";
import type { JudgedLink } from "./judge.js";
import type { LinkTree } from "./tree.js";

/** Fewer links into one folder are more useful one by one. */
const FEWEST = 5;

/**
 * One finding for each folder that is not there and that several links lead into, in order of its path, and the links
 * that are left: specifications without the code they are about say one thing, not one for each link. `severities` are the
 * configured ones: links whose own code is off are left, and a finding is as severe as the most severe of its links.
 */
export function foldMissingFolders(
  judged: readonly JudgedLink[],
  tree: LinkTree,
  severities: Readonly<Record<string, Severity | "off">>,
): { findings: Finding[]; rest: JudgedLink[] } {
  const severityOf = ({ binding }: JudgedLink) =>
    binding ? (severities.LINK001 ?? "error") : (severities.LINK010 ?? "warning");
  // Without the one finding there have to be those of the links.
  if (severities.LINK012 === "off") return { findings: [], rest: [...judged] };
  const into = new Map<string, JudgedLink[]>();
  const folderOf = missingFolders(tree);
  for (const each of judged) {
    if (severityOf(each) === "off") continue;
    const folder = each.problem?.code === "LINK001" ? folderOf(each.problem.lost?.path ?? "") : null;
    if (folder !== null) into.set(folder, [...(into.get(folder) ?? []), each]);
  }
  const folded = [...into].filter(([, links]) => links.length >= FEWEST).sort(([a], [b]) => compareText(a, b));
  const gone = new Set(folded.flatMap(([, links]) => links));
  return {
    findings: folded.flatMap(([folder, links]) => {
      const severity = SEVERITIES.find((each) => links.some((link) => severityOf(link) === each));
      return folderFinding(folder, links).map((each) => ({ ...each, severity: severity ?? each.severity }));
    }),
    rest: judged.filter((each) => !gone.has(each)),
  };
}

/** The topmost folder on the way to a path that does not exist; null where only the file itself is missing. */
function missingFolders(tree: LinkTree): (path: string) => string | null {
  const known = new Map<string, boolean>();
  const isAbsent = (folder: string): boolean => {
    const absent = known.get(folder) ?? tree.look(folder).kind === "absent";
    known.set(folder, absent);
    return absent;
  };
  return (path) => {
    const names = path.split("/");
    const folders = names.slice(0, -1).map((_, index) => names.slice(0, index + 1).join("/"));
    return folders.find((folder) => !folder.endsWith("..") && isAbsent(folder)) ?? null;
  };
}

function folderFinding(folder: string, links: readonly JudgedLink[]): Finding[] {
  const first = links.find(({ binding }) => binding) ?? links[0];
  if (first === undefined) return [];
  const owners = links.flatMap(({ link }) => link.owner ?? []);
  const found = finding({
    code: "LINK012",
    message: `Unexpected ${links.length} links into ${folder}/, which does not exist, expected a folder of the repository`,
    span: first.link.span,
    tags: [...new Set(owners)].sort(compareText),
    subject: folder,
  });
  return [found];
}
