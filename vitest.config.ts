import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { evidence } from "./src/vitest/index.js";

export default defineConfig({
  plugins: [evidence()],
  resolve: {
    alias: { "spec-evidence/vitest": fileURLToPath(new URL("./src/vitest/index.ts", import.meta.url)) },
  },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "reference-impl/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "test/scenarios/*/project/**", "test/fixtures/**"],
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
});
