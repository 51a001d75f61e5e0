import { Box, open } from "./box.js";
import type { Place } from "./place.js";
import { height } from "./place.js";

export enum Side {
  Left = 1,
  Right,
}

export class Shelf {
  constructor(
    public side: Side,
    private boxes: Box[] = [],
  ) {}
  put(size: number): number {
    return this.boxes.push(open(size));
  }
}

export function place(level: number): Place {
  return { level, height: height(level) };
}
