export const VERSION = 1;

export function core(): number {
  return VERSION;
}
