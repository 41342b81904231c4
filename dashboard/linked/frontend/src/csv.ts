/** CSV as the language's spreadsheets expect it, with no cell that a spreadsheet would run as a formula. */

const FORMULA_SIGNS = "=+-@\t\r\n";

/** Text that could be taken for a formula, invisible signs and wide forms included, gets an apostrophe before it. */
export function safeCell(text: string): string {
  for (const sign of text.normalize("NFKC")) {
    if (FORMULA_SIGNS.includes(sign)) return `'${text}`;
    if (!/[\p{C}\p{Z}]/u.test(sign)) return text;
  }
  return text;
}

export function csv(header: readonly string[], rows: readonly (readonly (string | number | null)[])[], locale: string): string {
  const isSwedish = locale.startsWith("sv");
  const separator = isSwedish ? ";" : ",";
  const written = (value: string | number | null): string => {
    if (value === null) return "";
    if (typeof value === "number") return isSwedish ? String(value).replace(".", ",") : String(value);
    return quoted(safeCell(value));
  };
  const quoted = (text: string): string => (/["\r\n;,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${[header, ...rows].map((row) => `${row.map(written).join(separator)}\r\n`).join("")}`;
}
