export { evidence } from "./plugin.js";
export type { EvidenceOptions } from "./reporter.js";
export { EvidenceReporter, EvidenceReporter as default } from "./reporter.js";
export { traceSpec } from "./trace-spec.js";
