import { createRequire } from "node:module";

/**
 * Source of a module that stands in for `node:assert` or, by its name, for `assert/strict`: the callable default can't be
 * made to count in place. `counting` is the path of the module that makes functions count.
 */
export function assertModule(name: string, counting: string): string {
  const names = Object.keys(createRequire(import.meta.url)(`node:${name}`)).filter((each) => each !== "default");
  return [
    'import { createRequire } from "node:module";',
    `const real = createRequire(${JSON.stringify(import.meta.url)})(${JSON.stringify(`node:${name}`)});`,
    `import { countingAssert } from ${JSON.stringify(counting)};`,
    "const counted = countingAssert(real);",
    "export default counted;",
    `export const { ${names.join(", ")} } = counted;`,
  ].join("\n");
}

/** Source of a module that stands in for fast-check at this path: the same exports, and its properties count. */
export function fastCheckModule(path: string, counting: string): string {
  const source = JSON.stringify(path);
  return [
    `import * as real from ${source};`,
    `import { countProperties } from ${JSON.stringify(counting)};`,
    "countProperties(real);",
    `export * from ${source};`,
    `export { default } from ${source};`,
  ].join("\n");
}
