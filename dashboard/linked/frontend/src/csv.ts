/** CSV as the language's spreadsheets expect it, with no cell that a spreadsheet would run as a formula. */

const FORMULA_SIGNS = "=+-@\t\r\n";

/** Signs that no file of text may hold: controls, halves of signs, and the two that are none. */
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** Text that could be taken for a formula, invisible signs and wide forms included, gets an apostrophe before it. */
export function safeCell(value: string): string {
  const text = value.replace(UNWRITABLE, "");
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
