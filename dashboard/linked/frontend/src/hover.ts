/** What is said over a district. */
import type { Writer } from "./format";
import type { Said } from "./tooltip";
import type { AreaRows, MapMount } from "./types";

export function saidOver(index: number, areas: MapMount["areas"], rows: AreaRows, writer: Writer): Said {
  const whole = Math.round(rows.count[index] ?? 0);
  const [before, rate, low, high] = [rows.before, rows.rate, rows.low, rows.high].map((column) => column?.[index] ?? null);
  const one = (value: number | null | undefined): string => writer.number(value, 1);
  const lines = [whole === 1 ? writer.word("hover_count_one") : writer.word("hover_count", { count: writer.number(whole) })];
  if (typeof before === "number") lines.push(writer.word("hover_before", { count: writer.number(before) }));
  if (typeof rate === "number") lines.push(writer.word("hover_rate", { rate: one(rate), low: one(low), high: one(high) }));
  else lines.push(writer.word("hover_no_population"));
  for (const title of rows.running?.[index] ?? []) lines.push(writer.word("hover_intervention", { title }));
  return { title: areas.name[index] ?? "", lines: lines.map((line) => ["", line]) };
}
