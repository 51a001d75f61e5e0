export const double = (number) => 2 * number;

export class Box {
  constructor(size) {
    this.size = size;
  }
}

export class Safe {
  #code;
  constructor(code) {
    this.#code = code;
  }
  opens(code) {
    return code === this.#code;
  }
}

export class BoxError extends RangeError {
  name = "BoxError";
}

export function open(size) {
  if (size > 9) throw new BoxError(`too large: ${size}`);
  return new Box(size);
}

export async function later(value) {
  if (value === "never") throw new BoxError("never");
  return value;
}
