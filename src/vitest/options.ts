export interface EvidenceOptions {
  /** The judged folder; by default the nearest folder upwards that holds evidence.config.json or openspec/. */
  root?: string;
  /** Specifications, as glob patterns relative to the judged folder; by default those of evidence.config.json. */
  specs?: string[];
  /** Folder for the results, relative to the judged folder; `.evidence/results` by default. */
  results?: string;
}
