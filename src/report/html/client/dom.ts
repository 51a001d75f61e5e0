export type Child = Node | string | number | null | false | readonly Child[];

type Attributes = Readonly<Record<string, string | number | boolean | null | ((event: never) => void)>>;

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children. Texts become text nodes, so nothing from an input is ever read as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return dressed(document.createElement(name), attributes, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return dressed(document.createElementNS(SVG, name), attributes, children);
}

function dressed<E extends Element>(element: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value as (event: Event) => void);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === false) continue;
    if (typeof child === "object" && !(child instanceof Node)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

export function replace(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}
