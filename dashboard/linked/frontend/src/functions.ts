/** What Vega's expressions may call and combine beside the view's own functions (formats, scales, colours). */

export type Fn = (...given: any[]) => unknown;

export const CONSTANTS: Record<string, unknown> = {
  ...Object.fromEntries((["E", "LN2", "LN10", "LOG2E", "LOG10E", "PI", "SQRT1_2", "SQRT2"] as const).map((name) => [name, Math[name]])),
  NaN: Number.NaN,
  MIN_VALUE: Number.MIN_VALUE,
  MAX_VALUE: Number.MAX_VALUE,
};

export const OPERATORS: Record<string, Fn> = {
  "*": (a, b) => a * b,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a == b,
  "!=": (a, b) => a != b,
  "===": (a, b) => a === b,
  "!==": (a, b) => a !== b,
};

export const UNARY: Record<string, Fn> = { "+": (a) => +a, "-": (a) => -a, "!": (a) => !a };

const MATH = "abs acos asin atan atan2 ceil cos exp floor hypot log max min pow round sin sqrt tan".split(" ");

const DATE_PARTS = { date: "Date", day: "Day", year: "FullYear", month: "Month", hours: "Hours", minutes: "Minutes", seconds: "Seconds" };

/** Reads a part of a date in UTC or in the reader's zone. */
function datePart(method: string): Fn {
  return (at: number) => (new Date(at) as unknown as Record<string, () => number>)[method]?.();
}

const DATES = Object.entries(DATE_PARTS).flatMap(([name, part]) => [
  [name, datePart(`get${part}`)],
  [`utc${name}`, datePart(`getUTC${part}`)],
]);

export const BASIC: Record<string, Fn> = {
  ...Object.fromEntries(MATH.map((name) => [name, Math[name as "abs"] as Fn])),
  ...Object.fromEntries(DATES),
  isNaN: Number.isNaN,
  isFinite: Number.isFinite,
  clamp: (value, low, high) => Math.max(low, Math.min(high, value)),
  now: Date.now,
  utc: Date.UTC,
  datetime: (...given: [number]) => new Date(...given),
  time: (at) => new Date(at).getTime(),
  length: (of) => of.length,
  join: (of, sign) => of.join(sign),
  indexof: (of, value) => of.indexOf(value),
  slice: (of, ...ends) => of.slice(...ends),
  reverse: (of) => [...of].reverse(),
  parseFloat: Number.parseFloat,
  parseInt: Number.parseInt,
  upper: (text) => String(text).toUpperCase(),
  lower: (text) => String(text).toLowerCase(),
  substring: (text, ...ends: [number]) => String(text).substring(...ends),
  split: (text, ...by: [string]) => String(text).split(...by),
  replace: (text, from, to) => String(text).replace(from, to),
  trim: (text) => String(text).trim(),
};

const FORBIDDEN = new Set<unknown>([Function, globalThis.eval, setTimeout, setInterval]);

/** Whether a value could make code out of text. */
export const isForbidden = (value: unknown): boolean => typeof value === "function" && FORBIDDEN.has(value);
