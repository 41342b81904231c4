/** What is said over a district. */
import type { Writer } from "./format";
import type { Said } from "./tooltip";
import type { AreaRows, MapMount } from "./types";

export function saidOver(index: number, areas: MapMount["areas"], rows: AreaRows, writer: Writer, fewest = 0): Said {
  const count = rows.count[index] ?? null;
  const isFew = count === null && fewest > 0;
  const [before, rate, low, high] = [rows.before, rows.rate, rows.low, rows.high].map((column) => column?.[index] ?? null);
  const one = (value: number | null | undefined): string => writer.number(value, 1);
  const lines = [isFew ? writer.word("hover_few", { count: fewest }) : counted(Math.round(count ?? 0), writer)];
  const earlier = typeof before === "number" ? writer.number(before) : rows.before_words?.[index];
  if (earlier) lines.push(writer.word("hover_before", { count: earlier }));
  if (typeof rate === "number") lines.push(writer.word("hover_rate", { rate: one(rate), low: one(low), high: one(high) }));
  else if (!isFew) lines.push(writer.word("hover_no_population"));
  for (const title of rows.running?.[index] ?? []) lines.push(writer.word("hover_intervention", { title }));
  return { title: areas.name[index] ?? "", lines: lines.map((line) => ["", line]) };
}

function counted(count: number, writer: Writer): string {
  return count === 1 ? writer.word("hover_count_one") : writer.word("hover_count", { count: writer.number(count) });
}
