/** What the part of the address behind `#/` asks for. */
export interface Route {
  /** `""` for the overview. */
  view: string;
  /** The tag or id that is shown; empty when there is none. */
  subject: string;
  query: URLSearchParams;
}

export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view = "", ...rest] = path.split("/").map(decoded);
  return { view, subject: rest.join("/"), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function href(view: string, subject = "", query: Readonly<Record<string, string>> = {}): string {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
  const path = [view, ...(subject === "" ? [] : [encodeURIComponent(subject)])].join("/");
  return `#/${path}${asked === "" ? "" : `?${asked}`}`;
}
