/** A set of things that refuses to give what it does not hold. */
export class Box {
  readonly #things = new Set<string>();

  put(thing: string): void {
    this.#things.add(thing);
  }

  take(thing: string): void {
    if (!this.#things.delete(thing)) throw new Error(`no ${thing} in the box`);
  }

  get size(): number {
    return this.#things.size;
  }
}
