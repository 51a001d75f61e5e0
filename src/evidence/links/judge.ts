import type { SpecLink } from "../../model/link.js";
import type { SpecDocument } from "../../model/requirement.js";
import type { PlaceJudgement, Problem } from "./place.js";
import { broken, judgeAnchor, judgeLines, leaving, malformed, unreadableTarget } from "./place.js";
import type { LinkText } from "./symbol.js";
import { readLinkText, readSymbol } from "./symbol.js";
import type { Lines, Target } from "./target.js";
import { readTarget } from "./target.js";
import { TargetFile } from "./target-file.js";
import type { LinkTree } from "./tree.js";

export interface JudgedLink extends PlaceJudgement {
  link: SpecLink;
  /** Whether evidence depends on it: prose, paths in code signs and changes that are only proposed bind nobody. */
  binding: boolean;
  /** Path of what it leads to, relative to the judged root; null for addresses, and where nothing was found. */
  target: string | null;
  text: LinkText;
  lines: Lines | null;
}

export interface LinkContext {
  tree: LinkTree;
  /** The judged root relative to the repository's; empty when they are one. */
  below: string;
}

/** Linked files held at once, and signs of their texts: 64 MiB at two bytes each. */
const MOST_FILES = 64;
const MOST_SIGNS = 32 * 1024 * 1024;

/** Judges every link of the documents, in order of document and place. Files are read through the tree alone. */
export function judgeLinks(documents: readonly SpecDocument[], context: LinkContext): JudgedLink[] {
  const judge = new LinkJudge(context);
  return documents.flatMap(({ path, kind, links }) =>
    links.map((link) => {
      const binding = kind === "main" && link.role !== "prose" && link.form !== "code";
      return { ...judge.judge(link, path), binding };
    }),
  );
}

const NO_TEXT: LinkText = { file: null, lines: null, symbol: null, digits: null };

class LinkJudge {
  readonly #context: LinkContext;
  readonly #files = new Map<string, TargetFile | null>();
  #signs = 0;

  constructor(context: LinkContext) {
    this.#context = context;
  }

  judge(link: SpecLink, file: string): Omit<JudgedLink, "binding"> {
    const none = { link, target: null, text: NO_TEXT, lines: null };
    if (link.form === "unreadable") return { ...none, ...broken(unreadableTarget(link)) };
    const fromRoot = link.form === "code";
    const target = readTarget(fromRoot ? asUrl(link.url) : link.url, { file, below: this.#context.below, fromRoot });
    if (target.kind === "external") {
      return target.problem === null
        ? { ...none, state: "external", problem: null }
        : { ...none, ...broken(malformed(target.problem, link)) };
    }
    if (target.kind === "unreadable") return { ...none, ...broken(malformed(target.problem, link)) };
    if (target.kind === "outside") return { ...none, ...broken(leaving(target.how)) };
    return this.#judgeInside(link, target);
  }

  #judgeInside(link: SpecLink, target: Extract<Target, { kind: "inside" }>): Omit<JudgedLink, "binding"> {
    const { path, looked } = this.#choose(target.paths);
    const claims = link.form === "image" || link.form === "code" ? NO_TEXT : readLinkText(link.text, path);
    const text = trusted(link, claims, target.lines);
    const common = { link, text, lines: target.lines };
    if (looked.kind === "link") return { ...common, target: null, ...broken(leaving(looked.how)) };
    if (looked.kind === "absent")
      return { ...common, target: null, ...broken(this.#absent(link, path, looked.like, text)) };
    const found = { ...common, target: path };
    if (looked.kind === "folder") {
      if (target.lines === null && target.anchor === null) return { ...found, state: "holds", problem: null };
      const unexpected = `link to a place in the folder ${path || "/"}`;
      return { ...found, ...broken({ code: "LINK003", unexpected, expected: "a file" }) };
    }
    if (/\/(?:[?#]|$)/.test(link.url)) {
      const unexpected = `link to a folder ${path}/, which is a file`;
      return { ...common, target: null, ...broken({ code: "LINK001", unexpected, expected: `${path}` }) };
    }
    const judged = this.#judgeFile(link, path, target, text);
    if (judged.state === "broken" || judged.state === "moved" || !looked.ignored) return { ...found, ...judged };
    const unexpected = `link to ${path}, which git ignores`;
    return {
      ...found,
      state: "broken",
      problem: { code: "LINK011", unexpected, expected: "a file of the repository" },
    };
  }

  /** The first path at which something stands; the likeliest when nothing does. */
  #choose(paths: readonly string[]): { path: string; looked: ReturnType<LinkTree["look"]> } {
    const looked = paths.map((path) => ({ path, looked: this.#context.tree.look(path) }));
    const [likeliest] = looked;
    const there = looked.find((each) => each.looked.kind !== "absent");
    const like = looked.find((each) => each.looked.kind === "absent" && each.looked.like !== null);
    return there ?? like ?? likeliest ?? { path: "", looked: { kind: "absent", like: null } };
  }

  #absent(link: SpecLink, path: string, like: string | null, { symbol }: LinkText): Problem {
    const unexpected = `link to ${path}, which does not exist`;
    const lost = { path, symbol };
    if (like !== null) {
      const suggestion = `There is ${like}: upper and lower case differ.`;
      return { code: "LINK001", unexpected, expected: "the name exactly as the file has it", suggestion };
    }
    if (link.url.includes("\\")) {
      const suggestion = "Write / instead of \\ between folders.";
      return { code: "LINK001", unexpected, expected: "a file of the repository", suggestion };
    }
    const rooted = link.url.replace(/[#?].*$/su, "").replace(/^(?:\.\.?\/)+/u, "");
    if (
      link.form !== "code" &&
      !link.url.startsWith("/") &&
      rooted !== path &&
      this.#context.tree.look(rooted).kind === "file"
    ) {
      const suggestion = `There is /${rooted}: a path without a leading slash counts from the folder of the specification.`;
      return { code: "LINK001", unexpected, expected: "a file of the repository", suggestion };
    }
    return { code: "LINK001", unexpected, expected: "a file of the repository", lost };
  }

  #judgeFile(
    link: SpecLink,
    path: string,
    { lines, anchor }: Extract<Target, { kind: "inside" }>,
    text: LinkText,
  ): PlaceJudgement {
    if (anchor === null && lines === null && text.lines === null && text.symbol === null && text.file === null) {
      return { state: "holds", problem: null };
    }
    const file = this.#file(path);
    if (file === null) {
      if (lines === null && anchor === null) return { state: "holds", problem: null };
      if (lines === null) return { state: "unchecked", problem: null };
      return broken({
        code: "LINK003",
        unexpected: `line in ${path}, which is binary or larger than 16 MiB`,
        expected: "a text file",
      });
    }
    if (anchor !== null) {
      const judged = judgeAnchor(link, file, anchor);
      if (judged !== null) return judged;
    }
    return judgeLines(file, lines, text);
  }

  #file(path: string): TargetFile | null {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const text = this.#context.tree.read(path);
    const file = text === null ? null : new TargetFile(path, text);
    const signs = file?.size ?? 0;
    if (this.#files.size >= MOST_FILES || this.#signs + signs > MOST_SIGNS) {
      this.#files.clear();
      this.#signs = 0;
    }
    this.#files.set(path, file);
    this.#signs += signs;
    return file;
  }
}

/** A path in code signs is not percent-encoded, and its lines stand behind a colon. */
function asUrl(code: string): string {
  const [, path = code, from, to] = /^([^#:]+):(\d+)(?:-(\d+))?$/.exec(code) ?? [];
  const fragment = from === undefined ? "" : `#L${from}${to === undefined ? "" : `-L${to}`}`;
  return `${path}${fragment}`.replace(/%/g, "%25").replace(/^\/+/, "/");
}

/**
 * What of a link's text is a claim. Evidence names what stands there; in other text a file's name is often followed by
 * prose, so only a line makes the words behind it a name. Without any line a phrase about a document is prose too.
 */
function trusted(link: SpecLink, text: LinkText, lines: Lines | null): LinkText {
  if (text.lines !== null) return text;
  if (link.role !== "evidence" || link.form === "definition") return { ...text, symbol: null };
  if (lines === null && text.symbol !== null && readSymbol(text.symbol).name === null && isDocument(link.url)) {
    return { ...text, symbol: null };
  }
  return text;
}

function isDocument(url: string): boolean {
  return /\.(?:md|markdown|mdx|x?html?|adoc|rst|txt|pdf)(?:[?#]|$)/i.test(url);
}

/** Every path that a link may lead to, each once: what a tree has to be able to look up. */
export function linkedPaths(documents: readonly SpecDocument[], below: string): string[] {
  const paths = new Set<string>();
  for (const { path: file, links } of documents) {
    for (const { form, url } of links) {
      if (form === "unreadable") continue;
      const fromRoot = form === "code";
      const target = readTarget(fromRoot ? asUrl(url) : url, { file, below, fromRoot });
      if (target.kind === "inside") for (const path of target.paths) paths.add(path);
    }
  }
  return [...paths];
}
