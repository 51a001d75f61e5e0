import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/scenarios/*/project/**", "test/fixtures/**"],
    testTimeout: 60_000,
  },
});
