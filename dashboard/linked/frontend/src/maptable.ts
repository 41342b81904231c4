/** Every district as a row: what the map shows, to read and to choose from. */
import { cellOf } from "./charttable";
import type { Writer } from "./format";
import type { Change } from "./picks";
import { toggled } from "./query";
import type { TableOf, TableRow } from "./table";
import type { AreaRows, Cell, MapMount, Mount } from "./types";

export function mapTable(
  map: MapMount,
  mount: Mount,
  writer: Writer,
  rows: () => AreaRows | null,
  isSelected: (code: string) => boolean,
  change: Change,
  picture: () => Promise<Blob>,
): TableOf {
  const row = (index: number, code: string, of: AreaRows): TableRow => {
    const name = map.areas.name[index] ?? code;
    const value = (field: string): Cell => (field === "name" ? name : ((of[field] as Cell[] | null | undefined)?.[index] ?? null));
    const cells = map.columns.map((column) => {
      const fields = column.instead ? [column.field, column.instead] : [column.field];
      return cellOf(Object.fromEntries(fields.map((field) => [field, value(field)])), column, writer);
    });
    const toggle = (event: MouseEvent): void => change((selection) => toggled(selection, "areas", code), event);
    return { cells, pick: { code, name, isSelected: isSelected(code), toggle } };
  };
  return {
    title: map.title,
    locale: mount.locale,
    header: () => map.columns.map((column) => column.header),
    rows: () => {
      const of = rows();
      return of ? map.areas.code.map((code, index) => row(index, code, of)) : [];
    },
    picture,
  };
}
