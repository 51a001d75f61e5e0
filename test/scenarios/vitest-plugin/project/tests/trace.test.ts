import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { Box } from "../box.js";

describe("a box", () => {
  it("holds what is put in", () => {
    traceSpec("BOX-PUT", "BOX-PUT-TWICE", "BOX-PUT");
    const box = new Box();
    box.put("ball");
    box.put("ball");
    expect(box.size).toBe(1);
    traceSpec("BOX-PUT");
  });

  it("names its tag in the title [BOX-TAKE] and something else [UTF-8]", () => {
    expect(() => new Box().take("ball")).toThrow("no ball");
  });

  it("knows the tags of an active change", () => {
    traceSpec("BOX-LID");
    expect(new Box().size).toBe(0);
  });

  it("traces nothing", () => {
    expect(new Box().size).toBe(0);
  });
});

it.each(["ball", "book"])("gives back a %s", (thing) => {
  traceSpec("BOX-TAKE");
  const box = new Box();
  box.put(thing);
  box.take(thing);
  expect(box.size).toBe(0);
});
