import { codes } from "./code.js";

export const LINK_CODES = codes({
  LINK001: {
    severity: "error",
    title: "Linked file does not exist",
    explanation:
      "A link of an Evidence section or of `**References:**` leads to a file that is not there, so nobody can look at what it promises. A path that starts with `/` counts from the judged folder, from the project that holds the specification, or from the root of the repository, any other one from the folder of the specification. Upper and lower case make a difference, whatever the file system says.",
    remedy: "Correct the path; `evidence links` says where the file was last seen and what it is called now.",
    example: "- Test: [old-name.test.ts:12 rejects NUL](/test/old-name.test.ts#L12)",
  },
  LINK002: {
    severity: "error",
    title: "Linked anchor does not exist",
    explanation:
      "A link of an Evidence section or of `**References:**` names a heading or an HTML id that its target does not have. Anchors of headings are compared as forges compute them: lower case, punctuation dropped, blanks as `-`, `-1` behind the second of one name.",
    remedy: "Correct the anchor, or restore the heading.",
    example: "[design](/docs/design.md#Proposed Design)",
  },
  LINK003: {
    severity: "error",
    title: "Linked line does not exist",
    explanation:
      "A link of an Evidence section or of `**References:**` names a line behind the end of its file, line 0, or a line of a folder or of a file that is not text.",
    remedy:
      "Correct the line; `evidence links --fix` does it when the link names a symbol that still stands in the file.",
    example: "- Implementation: [box.ts:900](/src/box.ts#L900)",
  },
  LINK004: {
    severity: "warning",
    title: "Linked symbol has moved",
    explanation:
      "What the link names does not stand at its line any more, and stands at exactly one other place of the file. Lines drift with every edit above them; the evidence is still there.",
    remedy:
      "Run `evidence links --fix`: it corrects the line and nothing else. What has moved to another file is LINK005 and gets its new path as well.",
  },
  LINK005: {
    severity: "error",
    title: "Linked symbol does not exist",
    explanation:
      "What the text of an Evidence or References link names stands neither at the line nor anywhere else in the file: not as an identifier in code, nor as the title of a test. Identifiers in comments do not count.",
    remedy:
      "Link to what shows the requirement now. `evidence links` says in which commit the name was last seen and where one of that name stands; `--fix` leads the link to another file where git shows that the name has moved there.",
    example: "- Test: [box.test.ts:12 rejects NUL](/test/box.test.ts#L12)",
  },
  LINK006: {
    severity: "warning",
    title: "Linked symbol stands at several places",
    explanation:
      "What the link names does not stand at its line any more, and stands at several other places of the file. Which one is meant only a person can tell, so `--fix` leaves the link alone.",
    remedy: "Correct the line by hand, or name the symbol with its class or suite: `Catalog.load()`.",
  },
  LINK007: {
    severity: "warning",
    title: "Link text and target disagree",
    explanation:
      "The text of the link names one line or file and its target another, so a reader and a browser see two places.",
    remedy:
      "Make them agree; `evidence links --fix` does it for lines when what the link names stands at exactly one place.",
    example: "- Test: [box.test.ts:12 rejects NUL](/test/box.test.ts#L21)",
  },
  LINK008: {
    severity: "error",
    title: "Link leaves the repository",
    explanation:
      "A link of an Evidence section or of `**References:**` leads out of the repository: by `..`, by a path or `file:` address of one machine, or by a symbolic link. Nobody else has what it leads to, and it is not looked at.",
    remedy: "Link to a file of the repository, or to a web address.",
    example: "[notes](../../../../../home/ada/notes.md)",
  },
  LINK009: {
    severity: "error",
    title: "Link cannot be read",
    explanation:
      "A link of an Evidence section or of `**References:**` has a target that is none: a blank outside `<…>`, a percent sign that encodes nothing, a range of lines that ends before it starts, a web address without a host.",
    remedy: "Write blanks as `%20` or the target as `<my file.md>`, and a percent sign as `%25`.",
    example: "[notes](my notes.md)",
  },
  LINK010: {
    severity: "warning",
    title: "Link in prose is broken",
    explanation:
      "A link in prose, in a proposed change, or a path in code signs behind `**References:**` leads nowhere: the file, anchor, line or symbol does not exist, it leaves the repository, or it cannot be read. No evidence depends on it, so it is a warning.",
    remedy: "Correct or remove the link.",
  },
  LINK011: {
    severity: "warning",
    title: "Linked file is not in the repository",
    explanation:
      "The file exists here and git ignores it, so it is made by a build or belongs to one person: in another clone the link leads nowhere.",
    remedy: "Link to what it is made from, or add the file to the repository.",
    example: "- Implementation: [box.js:12 close()](/dist/box.js#L12)",
  },
  LINK012: {
    severity: "error",
    title: "Linked folder does not exist",
    explanation:
      "Several links lead into a folder that is not there: it was renamed, or the specifications were taken out of the repository that they are about. One finding stands for all of them; it is an error when evidence depends on one of the links, and a warning otherwise.",
    remedy:
      "Judge the repository that holds the folder, or correct the links; `evidence links` lists each of them with its place.",
  },
});
