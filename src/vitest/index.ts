export type { EvidenceOptions } from "./options.js";
export { EvidenceReporter, EvidenceReporter as default, evidence } from "./plugin.js";
export { traceSpec } from "./trace-spec.js";
