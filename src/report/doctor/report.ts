/** What of the surroundings is there. */
export interface DoctorReport {
  parts: readonly DoctorPart[];
}

export interface DoctorPart {
  /** `node`, `git`, `java`, … */
  part: string;
  status: "ok" | "absent" | "broken";
  version: string | null;
  /** What does not work without it. */
  neededFor: string;
  /** How to get or mend it; null when it is fine. */
  hint: string | null;
}
