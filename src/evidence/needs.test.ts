import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aDefinition } from "../../test/builders/case.js";
import { configSchema } from "../model/config.js";
import { meets, needsFor } from "./needs.js";

const nothingStated = new Map<string, string[]>();

describe("meets", () => {
  it("takes any for every kind but implementation", () => {
    traceSpec("JUDGE-NEED-DEFAULT");
    expect(meets("any", "review")).toBe(true);
    expect(meets("any", "implementation")).toBe(false);
  });

  it("takes each alternative", () => {
    traceSpec("JUDGE-NEED-ALTERNATIVES");
    expect(meets("proof|model", "model")).toBe(true);
    expect(meets("proof|model", "test.unit")).toBe(false);
  });
});

describe("needsFor", () => {
  it("asks for any by default, whatever the priority", () => {
    traceSpec("JUDGE-NEED-DEFAULT");
    const needs = needsFor(configSchema.parse({}).policy, nothingStated);
    for (const priority of ["must", "should", "could"] as const) {
      expect(needs(aDefinition("BOX-A", { priority }))).toEqual(["any"]);
    }
  });

  it("adds the needs of rules that match by tag, specification and priority", () => {
    traceSpec("JUDGE-NEED-RULE");
    const { policy } = configSchema.parse({
      policy: {
        rules: [
          { tags: ["BOX-*"], needs: ["test.property"] },
          { specs: ["openspec/specs/safety/**"], needs: ["proof|model"] },
          { priority: "should", needs: ["implementation"] },
        ],
      },
    });
    const needs = needsFor(policy, nothingStated);
    expect(needs(aDefinition("BOX-A"))).toEqual(["test.property"]);
    expect(needs(aDefinition("CAT-A"))).toEqual(["any"]);
    const span = { ...aDefinition("CAT-A").span, file: "openspec/specs/safety/spec.md" };
    expect(needs(aDefinition("CAT-A", { span }))).toEqual(["proof|model"]);
    expect(needs(aDefinition("CAT-A", { priority: "should" }))).toEqual(["any", "implementation"]);
  });

  it("adds what the specification states", () => {
    traceSpec("JUDGE-NEED-ATTRIBUTE");
    const needs = needsFor(configSchema.parse({}).policy, new Map([["BOX-A", ["simulation", "review"]]]));
    expect(needs(aDefinition("BOX-A"))).toEqual(["simulation", "review"]);
  });
});
