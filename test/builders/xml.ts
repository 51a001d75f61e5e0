import { SaxesParser } from "saxes";

export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  elements: XmlElement[];
  text: string;
}

/** The root element of an XML 1.0 document. Throws on anything that is not well-formed. */
export function parseXml(document: string): XmlElement {
  const root: XmlElement = { name: "", attributes: {}, elements: [], text: "" };
  const open = [root];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const element: XmlElement = { name, attributes, elements: [], text: "" };
    open.at(-1)?.elements.push(element);
    open.push(element);
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(document).close();
  const [element] = root.elements;
  if (element === undefined) throw new Error("Unexpected document without an element");
  return element;
}
