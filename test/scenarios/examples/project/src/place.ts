export interface Place {
  level: number;
  height: number;
}

export const height = (level: number): number => level * 40;
