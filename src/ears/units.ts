/** A unit of measure: `numerator / denominator` of its dimension's base unit, exact. */
export interface Unit {
  /** How it is printed: `s`, `MiB`, `%`. */
  symbol: string;
  dimension: string;
  numerator: bigint;
  denominator: bigint;
}

const TABLE: readonly (readonly [names: string, dimension: string, numerator: bigint, denominator?: bigint])[] = [
  ["ns nanosecond nanoseconds", "time", 1n, 1_000_000_000n],
  ["µs us μs microsecond microseconds", "time", 1n, 1_000_000n],
  ["ms msec millisecond milliseconds", "time", 1n, 1_000n],
  ["s sec secs second seconds", "time", 1n],
  ["min mins minute minutes", "time", 60n],
  ["h hr hrs hour hours", "time", 3_600n],
  ["d day days", "time", 86_400n],
  ["week weeks", "time", 604_800n],
  ["bit bits", "data", 1n, 8n],
  ["B byte bytes", "data", 1n],
  ["kB KB kilobyte kilobytes", "data", 1_000n],
  ["MB megabyte megabytes", "data", 1_000_000n],
  ["GB gigabyte gigabytes", "data", 1_000_000_000n],
  ["TB terabyte terabytes", "data", 1_000_000_000_000n],
  ["KiB kibibyte kibibytes", "data", 1_024n],
  ["MiB mebibyte mebibytes", "data", 1_048_576n],
  ["GiB gibibyte gibibytes", "data", 1_073_741_824n],
  ["TiB tebibyte tebibytes", "data", 1_099_511_627_776n],
  ["% percent", "ratio", 1n, 100n],
  ["Hz hertz", "frequency", 1n],
  ["kHz kilohertz", "frequency", 1_000n],
  ["MHz megahertz", "frequency", 1_000_000n],
  ["GHz gigahertz", "frequency", 1_000_000_000n],
  ["mm millimetre millimetres millimeter millimeters", "length", 1n, 1_000n],
  ["cm centimetre centimetres centimeter centimeters", "length", 1n, 100n],
  ["m metre metres meter meters", "length", 1n],
  ["km kilometre kilometres kilometer kilometers", "length", 1_000n],
  ["mg milligram milligrams", "mass", 1n, 1_000_000n],
  ["g gram grams", "mass", 1n, 1_000n],
  ["kg kilogram kilograms", "mass", 1n],
  ["ml millilitre millilitres milliliter milliliters", "volume", 1n, 1_000_000n],
  ["l L litre litres liter liters", "volume", 1n, 1_000n],
  ["°C degC celsius", "temperature in °C", 1n],
  ["°F degF fahrenheit", "temperature in °F", 1n],
  ["K kelvin", "temperature", 1n],
  ["° deg degree degrees", "angle", 1n],
  ["Pa pascal", "pressure", 1n],
  ["hPa hectopascal", "pressure", 100n],
  ["kPa kilopascal", "pressure", 1_000n],
  ["MPa megapascal", "pressure", 1_000_000n],
  ["mbar millibar", "pressure", 100n],
  ["bar", "pressure", 100_000n],
  ["mV millivolt millivolts", "voltage", 1n, 1_000n],
  ["V volt volts", "voltage", 1n],
  ["kV kilovolt kilovolts", "voltage", 1_000n],
  ["mA milliampere milliamperes", "current", 1n, 1_000n],
  ["A ampere amperes amp amps", "current", 1n],
  ["mW milliwatt milliwatts", "power", 1n, 1_000n],
  ["W watt watts", "power", 1n],
  ["kW kilowatt kilowatts", "power", 1_000n],
  ["N newton newtons", "force", 1n],
  ["rpm", "rotation", 1n],
  ["m/s", "speed", 1n],
  ["km/h kph", "speed", 1_000n, 3_600n],
];

/** Symbols are told apart by case (`mW`, `MW`), names of four letters and more are not. */
const UNITS: ReadonlyMap<string, Unit> = new Map(
  TABLE.flatMap(([names, dimension, numerator, denominator = 1n]) => {
    const all = names.split(" ");
    const unit = { symbol: all[0] ?? "", dimension, numerator, denominator };
    return all.map((name): [string, Unit] => [name, unit]);
  }),
);

/** The unit a word names; null when it names none. `5 Seconds` and `5 seconds` are the same, `5 mW` and `5 MW` not. */
export function unitOf(word: string): Unit | null {
  return UNITS.get(word) ?? (word.length > 3 ? UNITS.get(word.toLowerCase()) : undefined) ?? null;
}
