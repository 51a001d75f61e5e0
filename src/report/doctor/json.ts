import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { DoctorReport } from "./report.js";

/** `spec-evidence/doctor@1`: `parts[]` as given. */
export function doctorJson({ parts }: DoctorReport): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/doctor@1", parts }));
}
