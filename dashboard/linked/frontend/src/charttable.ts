/** The rows of a chart as a table: one row per row, or the hours of the week as a grid. */
import type { Chart } from "./chart";
import { DASH, type Writer } from "./format";
import { type Change, picked, valueOf } from "./picks";
import { chartPicture } from "./picture";
import type { TableCell, TableOf, TableRow } from "./table";
import type { Column, Mount, Row } from "./types";

const HOURS = 24;
const WEIGHT: Column = { field: "weight", header: "", decimals: 1 };

export interface Marked {
  (facet: string | null, value: string | number): boolean;
}

export function tableOf(chart: Chart, mount: Mount, writer: Writer, isMarked: Marked, change: Change): TableOf {
  const isGrid = chart.mount.table === "hours";
  return {
    title: chart.mount.title,
    locale: mount.locale,
    header: () => (isGrid ? [chart.mount.columns[1]?.header ?? "", ...writer.list("short_weekdays")] : chart.mount.columns.map((column) => column.header)),
    rows: () => (isGrid ? gridRows(chart.rows, writer, chart.mount.columns[2]) : listRows(chart, writer, isMarked, change)),
    picture: () => chartPicture(chart, mount.look),
  };
}

function listRows(chart: Chart, writer: Writer, isMarked: Marked, change: Change): TableRow[] {
  const { columns, facet } = chart.mount;
  const where = Object.entries(chart.mount.where ?? {});
  const rows = chart.rows.filter((row) => where.every(([field, value]) => row[field] === value));
  return rows.map((row) => {
    const cells = columns.map((column) => cellOf(row, column, writer));
    const value = chart.mount.pick === "code" ? valueOf(chart.mount, row) : null;
    if (value === null) return { cells };
    const toggle = (event: MouseEvent): void => picked(chart.mount, row, event, change);
    return { cells, pick: { code: String(value), name: cells[0]?.text ?? "", isSelected: isMarked(facet, value), toggle } };
  });
}

export function cellOf(row: Row, column: Column, writer: Writer): TableCell {
  const value = row[column.field];
  const instead = value === null && column.instead ? row[column.instead] : null;
  if (typeof instead === "string") return { text: instead, isNumber: true, value: instead };
  const text = writer.cell(value, column);
  return column.decimals === undefined ? { text } : { text, isNumber: true, value: rounded(value, column.decimals) };
}

function rounded(value: unknown, decimals: number): number | null {
  return typeof value === "number" ? Number(value.toFixed(decimals)) : null;
}

/** 24 rows of 7 days made of rows weekday, hour, weight. */
export function gridRows(rows: readonly Row[], writer: Writer, column: Column = WEIGHT): TableRow[] {
  const cells = new Map(rows.map((row) => [Number(row["weekday"]) * HOURS + Number(row["hour"]), row]));
  const two = (hour: number): string => String(hour % HOURS).padStart(2, "0");
  return Array.from({ length: HOURS }, (_, hour) => {
    const days = writer.list("short_weekdays").map((_, weekday): TableCell => {
      return cellOf(cells.get(weekday * HOURS + hour) ?? {}, column, writer);
    });
    return { cells: [{ text: `${two(hour)}${DASH}${two(hour + 1)}` }, ...days] };
  });
}
