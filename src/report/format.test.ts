import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildPredicate } from "../../test/builders/predicate.js";
import { formatsOf, loadRenderer } from "./format.js";

const OPTIONS = { width: 80, colour: false, detail: "quiet" as const };

describe("formats", () => {
  it("are loaded by view and name", async () => {
    traceSpec("REPORT-FORMAT");
    const predicate = buildPredicate({ tags: [{ tag: "A-1" }] });
    const render = async (format: string) => (await loadRenderer("check", format))?.(predicate, OPTIONS);
    expect(formatsOf("check")).toEqual(["text", "json", "markdown", "junit", "github", "gitlab", "sarif", "html"]);
    expect(await render("text")).toBe("PASS  1 tag verified\n");
    expect(await render("json")).toContain('"gate": "pass"');
    expect(await render("markdown")).toContain("## Evidence: PASS");
    expect(await render("junit")).toContain("<testsuites ");
  });

  it("that a view does not have are not there", async () => {
    traceSpec("REPORT-FORMAT-UNKNOWN");
    expect(await loadRenderer("next", "junit")).toBeNull();
    expect(await loadRenderer("check", "constructor")).toBeNull();
  });
});
