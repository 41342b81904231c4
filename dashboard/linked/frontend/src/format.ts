/** Words and numbers as the reader's language writes them. */
import type { Cell, Column, Words } from "./types";

export interface Writer {
  word(key: string, values?: Record<string, string | number>): string;
  /** Words that stand in one text, a blank between them. */
  list(key: string): string[];
  number(value: number | null | undefined, decimals?: number): string;
  cell(value: Cell | undefined, column: Column): string;
}

export const DASH = "\u2013";

export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function writer(locale: string, words: Words): Writer {
  const formats = new Map<number, Intl.NumberFormat>();
  const format = (decimals: number): Intl.NumberFormat => {
    const made = formats.get(decimals) ?? fixed(locale, decimals);
    formats.set(decimals, made);
    return made;
  };
  const word: Writer["word"] = (key, values = {}) => fill(words[key] ?? key, values);
  const number: Writer["number"] = (value, decimals = 0) =>
    value === null || value === undefined || Number.isNaN(value) ? DASH : format(decimals).format(value);
  return {
    word,
    list: (key) => (words[key] ?? "").split(" "),
    number,
    cell: (value, { decimals }) => (typeof value === "number" && decimals !== undefined ? number(value, decimals) : String(value ?? DASH)),
  };
}

function fixed(locale: string, decimals: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** File name without its ending: lower case ASCII, digits and hyphens. */
export function fileStem(text: string): string {
  const plain = text.normalize("NFKD").replace(/[^\x20-\x7e]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60) || "samsyn";
}
