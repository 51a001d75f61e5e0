import { describe, expect, it, test } from "vitest";
import { checkAlias, openRegistry } from "../src/registry.js";

const LONG = 65;

describe("checkAlias", () => {
  it("rejects a long alias", () => {
    expect(checkAlias("x".repeat(LONG))).toBe(false);
  });

  it("accepts letters, digits, dashes and underscores [BOX-ALIAS]", () => {
    expect(checkAlias("a-b_1")).toBe(true);
  });

  it(
    "says which alias of a very long list of aliases is wrong, " +
      "and at which place it stands",
    () => {
      expect(checkAlias("?")).toBe(false);
    },
  );

  it(`rejects an alias of ${LONG} characters at once`, () => {
    expect(checkAlias("x".repeat(LONG))).toBe(false);
  });

  test.each(["a b", "a/b"])("rejects the blank or slash in %s for good", (alias) => {
    expect(checkAlias(alias)).toBe(false);
  });
});

describe("openRegistry", () => {
  describe("with an empty store", () => {
    it("works", async () => {
      expect(await openRegistry("empty")).toBeDefined();
    });
  });

  describe("with a damaged store", () => {
    it("works", async () => {
      await expect(openRegistry("damaged")).rejects.toThrow('expected "{" or nothing');
    });
  });

  it('names the file as "store.json"', () => {
    expect("store.json").toBe("store.json");
  });
});
