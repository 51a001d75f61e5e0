// Writes the pages under docs/ that are generated from code: `npm run docs`. test/docs.test.ts fails when one differs.
import { writeFileSync } from "node:fs";
import { findingsPage } from "../dist/report/explain/markdown.js";

const page = new URL("../docs/findings.md", import.meta.url);
writeFileSync(page, findingsPage());
console.log("docs/findings.md written");
