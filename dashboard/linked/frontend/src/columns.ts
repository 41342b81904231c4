/** Answers travel by column. */
import type { ChartAnswer, Row } from "./types";

/** Columns side by side as rows. */
export function rowsOf(columns: ChartAnswer["columns"]): Row[] {
  const named = Object.entries(columns);
  const length = named[0]?.[1].length ?? 0;
  return Array.from({ length }, (_, i) => Object.fromEntries(named.map(([name, values]) => [name, values[i] ?? null])));
}
