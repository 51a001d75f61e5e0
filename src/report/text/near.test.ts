import { describe, expect, it } from "vitest";
import { nearest } from "./near.js";

describe("nearest", () => {
  it("gives at most three, the nearest first, in any case", () => {
    const candidates = ["BOX-ABCD", "BOX-AB", "BOX-ABC", "BOX-A", "REMOTE-SSH"];
    expect(nearest("box-abc", candidates)).toEqual(["BOX-ABC", "BOX-AB", "BOX-ABCD"]);
    expect(nearest("ZZZZ-ZZZZ", candidates)).toEqual([]);
  });
});
