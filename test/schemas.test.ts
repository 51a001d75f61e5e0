import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { publishedSchemas } from "../src/model/schemas.js";
import { codesOf, readFixture, readText, resultText } from "./builders/results.js";

const FOLDER = new URL("../schemas/", import.meta.url);
const committed = readdirSync(fileURLToPath(FOLDER)).sort();

function published(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${name}.schema.json`, FOLDER), "utf8"));
}

function validator(name: string): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  return ajv.compile(published(name));
}

describe("schemas/", () => {
  it("is what the model makes of it: run `npm run schemas` when this fails", () => {
    traceSpec("RES-SCHEMA");
    expect(committed).toEqual([...publishedSchemas().keys()]);
    for (const [name, text] of publishedSchemas()) {
      expect(readFileSync(new URL(name, FOLDER), "utf8"), name).toBe(text);
    }
  });

  it.each(committed)("names %s by a versioned URN and its draft", (file) => {
    traceSpec("RES-SCHEMA");
    const name = file.replace(".schema.json", "");
    expect(published(name)).toMatchObject({
      $id: `urn:spec-evidence:schema:${name}:1`,
      $schema: "https://json-schema.org/draft/2020-12/schema",
    });
    expect(validator(name)(null)).toBe(false);
  });
});

describe("schema and reader", () => {
  it.each(["campaign", "tests"])("accept the sample of %s", (name) => {
    traceSpec("RES-SCHEMA-VALID");
    const validate = validator(name);
    expect(readFixture(`${name}.json`).findings).toEqual([]);
    expect(validate(JSON.parse(resultText(`${name}.json`))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    ["campaign", '"outcome": "pass"', '"outcome": "great"'],
    ["campaign", '"kind": "proof"', '"kind": "belief"'],
    ["campaign", '"tags": ["QUEUE-DURABLE"]', '"tags": ["queue"]'],
    ["campaign", '"tags": ["QUEUE-DURABLE"]', '"tags": []'],
    ["campaign", '"triggered": 0', '"triggered": -1'],
    ["campaign", '"by"', '"who"'],
    ["campaign", "campaign@1", "campaign@2"],
    ["tests", '"assertions": 2', '"assertions": 0.5'],
    ["tests", "sha256:", "sha1:"],
    ["tests", '"producer"', '"maker"'],
  ])("refuse the same in %s: %s as %s", (name, from, to) => {
    traceSpec("RES-SCHEMA-VALID");
    const damaged = resultText(`${name}.json`).replace(from, to);
    expect(damaged).not.toBe(resultText(`${name}.json`));
    expect(validator(name)(JSON.parse(damaged))).toBe(false);
    expect(codesOf(readText(damaged))).toHaveLength(1);
  });

  it("accept a configuration that says nothing", () => {
    traceSpec("RES-SCHEMA-VALID");
    expect(validator("config")({})).toBe(true);
    expect(validator("config")({ policy: { must: ["test.unit"] } })).toBe(true);
    expect(validator("config")({ polcy: {} })).toBe(false);
    expect(validator("waivers")({})).toBe(true);
  });
});
