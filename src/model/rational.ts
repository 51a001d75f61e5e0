/** An exact number: `numerator / denominator`, in lowest terms, the denominator above 0. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The fraction in lowest terms. Throws RangeError on a denominator of 0. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError("Unexpected denominator 0, expected another number");
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator * sign);
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low !== 0n) [high, low] = [low, high % low];
  return high === 0n ? 1n : high;
}

const DECIMAL = /^([+-]?)(\d{1,60})(?:\.(\d{1,60}))?(?:[eE]([+-]?\d{1,2}))?$/u;

/** A decimal such as `-0.25` or `1e3`, exactly; null when the text is none. */
export function parseDecimal(text: string): Rational | null {
  const parts = DECIMAL.exec(text);
  if (parts === null) return null;
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts;
  const digits = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const scale = Number(exponent) - fraction.length;
  return scale >= 0 ? rational(digits * 10n ** BigInt(scale)) : rational(digits, 10n ** BigInt(-scale));
}

export function compareRationals(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** The greatest whole number that is not above it. */
export function floor(a: Rational): Rational {
  const whole = a.numerator / a.denominator;
  return rational(a.numerator < 0n && whole * a.denominator !== a.numerator ? whole - 1n : whole);
}

export function isWhole(a: Rational): boolean {
  return a.denominator === 1n;
}

/** As a decimal where it has a finite one (`0.25`), else as a fraction (`1/3`). */
export function printRational(a: Rational): string {
  let power = 0;
  let scaled = 1n;
  while (power < 60 && scaled % a.denominator !== 0n) {
    scaled *= 10n;
    power++;
  }
  if (scaled % a.denominator !== 0n) return `${a.numerator}/${a.denominator}`;
  const digits = (a.numerator < 0n ? -a.numerator : a.numerator) * (scaled / a.denominator);
  const padded = digits.toString().padStart(power + 1, "0");
  const sign = a.numerator < 0n ? "-" : "";
  return power === 0 ? `${sign}${padded}` : `${sign}${padded.slice(0, -power)}.${padded.slice(-power)}`;
}
