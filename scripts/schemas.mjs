// Writes the JSON Schemas of our file formats, from the built package. Run by `npm run schemas`.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { publishedSchemas } from "../dist/model/schemas.js";

const folder = new URL("../schemas/", import.meta.url);
const published = publishedSchemas();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) {
  if (name.endsWith(".schema.json") && !published.has(name)) rmSync(new URL(name, folder));
}
for (const [name, text] of published) writeFileSync(new URL(name, folder), text);
console.log(`${published.size} schemas written`);
