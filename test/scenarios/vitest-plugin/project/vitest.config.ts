import { evidence } from "spec-evidence/vitest";
import { defineConfig } from "vitest/config";

export default defineConfig({ plugins: [evidence()] });
