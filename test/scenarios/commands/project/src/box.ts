export class Box {
  private readonly things: string[] = [];
  locked = false;

  // @implements BOX-OPEN
  open(): readonly string[] {
    if (this.locked) throw new Error("locked");
    return this.things;
  }

  // @implements BOX-CAPACITY
  put(thing: string): boolean {
    if (this.things.length >= 3) return false;
    this.things.push(thing);
    return true;
  }
}
