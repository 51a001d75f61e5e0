/**
 * Records of one kind by column, each different value once: for lists whose records repeat each other, which is what makes
 * them large. JSON holds it.
 */
export interface Columns {
  /** How many records there are. */
  length: number;
  columns: Column[];
}

interface Column {
  key: string;
  /** The different values; every value in the order of the records when most of them differ. */
  values: unknown[];
  /** The place in `values` for each record, -1 where the member is absent; null when `values` are in that order. */
  places: number[] | null;
}

/** Lays records whose members JSON can hold out by column. A member that is undefined counts as absent. */
export function toColumns(records: readonly object[]): Columns {
  const keys = new Set<string>();
  for (const record of records) for (const key of Object.keys(record)) keys.add(key);
  return { length: records.length, columns: [...keys].map((key) => toColumn(key, records)) };
}

function toColumn(key: string, records: readonly object[]): Column {
  const plain = new Map<unknown, number>();
  const nested = new Map<string, number>();
  const values: unknown[] = [];
  const places = records.map((record) => {
    const value = Object.hasOwn(record, key) ? (record as Readonly<Record<string, unknown>>)[key] : undefined;
    if (value === undefined) return -1;
    const isNested = typeof value === "object";
    const name = isNested ? JSON.stringify(value) : value;
    const known: Map<unknown, number> = isNested ? nested : plain;
    const earlier = known.get(name);
    if (earlier !== undefined) return earlier;
    known.set(name, values.length);
    return values.push(value) - 1;
  });
  return { key, values, places: values.length === records.length ? null : places };
}

/**
 * The records again, with their members in the order of the columns. Records with equal lists or records inside share
 * them, so these are not to be altered.
 */
export function fromColumns<T extends object>({ length, columns }: Columns): T[] {
  const records: T[] = [];
  for (let at = 0; at < length; at++) {
    const record: Record<string, unknown> = {};
    for (const { key, values, places } of columns) {
      const place = places === null ? at : (places[at] ?? -1);
      if (place >= 0) record[key] = values[place];
    }
    records.push(record as T);
  }
  return records;
}
