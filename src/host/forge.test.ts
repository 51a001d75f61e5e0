import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { forgeBase } from "./forge.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

it.each([
  ["https://forge.example/owner/repo.git", `https://forge.example/owner/repo/blob/${COMMIT}/`],
  ["https://user:secret@forge.example:8443/owner/repo", `https://forge.example/owner/repo/blob/${COMMIT}/`],
  ["git@forge.example:owner/repo.git", `https://forge.example/owner/repo/blob/${COMMIT}/`],
  ["ssh://git@forge.example:22/owner/repo.git", `https://forge.example/owner/repo/blob/${COMMIT}/`],
  ["https://gitlab.example/group/sub/repo.git", `https://gitlab.example/group/sub/repo/-/blob/${COMMIT}/`],
])("names the forge of %s", (remote, base) => {
  traceSpec("HTML-REPORT-PLACES-FORGE");
  expect(forgeBase(remote, COMMIT)).toBe(base);
});

it.each([
  ["/srv/git/repo.git"],
  ["file:///srv/git/repo.git"],
  ["../repo"],
  ["javascript://forge.example/owner/repo"],
  ["https://localhost/owner/repo"],
  ["https://forge.example/../../etc"],
  ['https://forge.example/owner/repo"onclick=x'],
  [""],
])("says nothing of %s", (remote) => {
  traceSpec("HTML-REPORT-PLACES-FORGE");
  expect(forgeBase(remote, COMMIT)).toBeNull();
});

it("says nothing without a commit", () => {
  traceSpec("HTML-REPORT-PLACES-FORGE");
  expect(forgeBase("https://forge.example/owner/repo", "main")).toBeNull();
});
