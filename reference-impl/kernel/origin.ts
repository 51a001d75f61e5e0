/**
 * The root of an id's lineage: what stands before the first `:`, or the whole id. Source: protocol, section 3. Ids with
 * the same origin are kept in one document.
 */
export function originOf(id: string): string {
  const end = id.indexOf(":");
  return end < 0 ? id : id.slice(0, end);
}
