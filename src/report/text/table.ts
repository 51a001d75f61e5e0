import type { Page, Piece, Style } from "./page.js";
import { visible } from "./visible.js";
import { columns, shortenMiddle } from "./width.js";

export interface Cell {
  text: string;
  style?: Style;
}

export interface Table {
  /** The first column is aligned left and gives way when the page is narrow, the others hold numbers. */
  headings: readonly string[];
  rows: readonly (readonly Cell[])[];
  /** Set apart below a rule. */
  totals: readonly Cell[];
}

const INDENT = 2;
const LEAST_FIRST = 8;
const SHARE_OF_START = 2 / 3;

/** Writes the table at two columns' indent. */
export function writeTable(page: Page, table: Table): void {
  const all = [table.headings.map((text): Cell => ({ text })), ...table.rows, table.totals];
  const widths = table.headings.map((_, column) =>
    all.reduce((widest, row) => Math.max(widest, columns(visible(row[column]?.text ?? ""))), 0),
  );
  const [first = 0, ...others] = widths;
  const room = page.width - INDENT - others.reduce((sum, width) => sum + width, 0);
  const gap = first + 2 * others.length <= room ? 2 : 1;
  widths[0] = Math.min(first, Math.max(LEAST_FIRST, room - gap * others.length));
  const whole = widths.reduce((sum, width) => sum + width + gap, -gap);
  const rule: Piece = ["faint", "─".repeat(whole)];

  const write = (row: readonly Cell[]) => page.line(rowPieces(row, widths, gap), INDENT);
  write(table.headings.map((text) => ({ text, style: "faint" })));
  page.line([rule], INDENT);
  for (const row of table.rows) write(row);
  page.line([rule], INDENT);
  write(table.totals);
}

function rowPieces(row: readonly Cell[], widths: readonly number[], gap: number): Piece[] {
  return row.flatMap((cell, column): Piece[] => {
    const width = widths[column] ?? 0;
    const text = shortenMiddle(visible(cell.text), width, SHARE_OF_START);
    const padding = " ".repeat(Math.max(0, width - columns(text)));
    const piece: Piece = [cell.style ?? "plain", text];
    return column === 0 ? [piece, padding] : [" ".repeat(gap) + padding, piece];
  });
}
