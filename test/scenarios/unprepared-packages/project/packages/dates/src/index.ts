// @implements DATE-LEAP
export const february = (year: number): number => (year % 4 === 0 && year % 100 !== 0 ? 29 : 28);
