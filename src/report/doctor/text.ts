import type { RenderOptions } from "../format.js";
import type { Style } from "../text/page.js";
import { Page } from "../text/page.js";
import type { DoctorPart, DoctorReport } from "./report.js";

const STYLES: Readonly<Record<DoctorPart["status"], Style>> = { ok: "good", absent: "doubtful", broken: "bad" };
const STATUS_COLUMNS = 8;

/** One line per part with what needs it, and how to get what is not there. `quiet` leaves out what is fine. */
export function doctorText({ parts }: DoctorReport, options: RenderOptions): string {
  const page = new Page(options);
  const shown = options.detail === "quiet" ? parts.filter((each) => each.status !== "ok") : parts;
  for (const { part, status, version, neededFor, hint } of shown) {
    const known = version === null ? "" : ` ${version}`;
    page.line([[STYLES[status], status.padEnd(STATUS_COLUMNS)], ["strong", part], known]);
    page.text([["faint", `needed for ${neededFor}`]], { indent: STATUS_COLUMNS });
    if (hint !== null) page.text([hint], { indent: STATUS_COLUMNS });
  }
  return page.toString();
}
