import { el, replace } from "./dom.js";

/** A long list of rows of one height, of which only those in sight are in the page. */
export interface Rows {
  readonly element: HTMLElement;
  /** Shows another number of rows, from the first one on. */
  reset(count: number): void;
  /** Draws every row, for printing; at most this many. */
  all(most: number): void;
}

const SPARE = 8;

export function virtualRows(
  label: string,
  rowAt: (index: number) => HTMLElement,
  open: (index: number) => void,
  header: HTMLElement,
): Rows {
  const body = el("div", { class: "rows-body", role: "rowgroup" });
  const element = el("div", { class: "rows-view", role: "grid", "aria-label": label, tabindex: 0 }, header, body);
  let count = 0;
  let current = 0;
  let drawn = "";
  const height = () => Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 40;

  const draw = (from: number, to: number) => {
    const key = `${from} ${to} ${current} ${count} ${height()}`;
    if (key === drawn) return;
    drawn = key;
    body.style.height = `${count * height()}px`;
    const rows: HTMLElement[] = [];
    for (let index = from; index < to; index += 1) {
      const row = rowAt(index);
      row.setAttribute("role", "row");
      row.setAttribute("aria-rowindex", String(index + 2));
      row.id = `row-${index}`;
      row.style.transform = `translateY(${index * height()}px)`;
      if (index === current) row.classList.add("current");
      rows.push(row);
    }
    replace(body, rows);
    element.setAttribute("aria-rowcount", String(count + 1));
    if (count > 0) element.setAttribute("aria-activedescendant", `row-${current}`);
    else element.removeAttribute("aria-activedescendant");
  };
  const refresh = () => {
    const above = body.offsetTop;
    const from = Math.max(0, Math.floor((element.scrollTop - above) / height()) - SPARE);
    const seen = Math.ceil(element.clientHeight / height()) + 2 * SPARE;
    draw(from, Math.min(count, from + seen));
  };
  const moveTo = (index: number) => {
    current = Math.max(0, Math.min(count - 1, index));
    const top = current * height();
    const room = element.clientHeight - header.offsetHeight - height();
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
    refresh();
  };
  element.addEventListener("scroll", refresh, { passive: true });
  element.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(element.clientHeight / height()) - 2);
    const moves: Record<string, number> = {
      ArrowDown: current + 1,
      j: current + 1,
      ArrowUp: current - 1,
      k: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: count - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) moveTo(to);
    else if (event.key === "Enter" && event.target === element && count > 0) open(current);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(refresh).observe(element);
  return {
    element,
    reset: (next) => {
      count = next;
      current = 0;
      drawn = "";
      element.scrollTop = 0;
      refresh();
    },
    all: (most) => draw(0, Math.min(count, most)),
  };
}
