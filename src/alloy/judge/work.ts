/**
 * Does the work for every value, at most so many at a time and begun in order; results are in the order of the values. The
 * first failure rejects, and nothing more is begun.
 */
export async function mapInOrder<T, R>(
  values: readonly T[],
  parallel: number,
  work: (value: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(values.length);
  let next = 0;
  let failed = false;
  const worker = async () => {
    for (let index = next++; index < values.length && !failed; index = next++) {
      try {
        results[index] = await work(values[index] as T, index);
      } catch (caught) {
        failed = true;
        throw caught;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, values.length) }, worker));
  return results;
}
