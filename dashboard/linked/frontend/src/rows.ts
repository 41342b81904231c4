/** The rows of a living chart, exchanged place by place: marks stay, and only what differs is worked out again. */
import type { Changeset, Spec } from "vega-typings";
import { changeset } from "vega-dataflow";
import type { Row } from "./types";
import type { VegaView } from "./vega";

interface Scale {
  name: string;
  type?: string;
  domain?: { field?: string; fields?: { field: string }[]; sort?: unknown } | { signal: string };
}

export interface NamedSpec {
  spec: Spec;
  /** Field that each added signal lists, by the signal's name. */
  names: Record<string, string>;
}

/**
 * The specification with the names along its axes given from outside, in the order of the rows.
 *
 * Left to itself an axis keeps the order in which it met its names, however the rows are exchanged.
 */
export function withNames(spec: Spec): NamedSpec {
  const names: Record<string, string> = {};
  const scales = ((spec.scales ?? []) as Scale[]).map((scale) => {
    const field = scale.type === "band" ? fieldOf(scale) : null;
    if (!field) return scale;
    const signal = `names_of_${scale.name}`;
    names[signal] = field;
    return { ...scale, domain: { signal } };
  });
  const signals = Object.keys(names).map((name) => ({ name, value: [] }));
  return { spec: { ...spec, scales: scales as never, signals: [...signals, ...(spec.signals ?? [])] }, names };
}

/** The one field that a scale takes its names from, unless it sorts them itself. */
function fieldOf({ domain }: Scale): string | null {
  if (!domain || "signal" in domain || domain.sort) return null;
  const fields = new Set(domain.fields ? domain.fields.map(({ field }) => field) : [domain.field ?? ""]);
  const [only] = fields;
  return fields.size === 1 ? (only ?? null) : null;
}

export class Rows {
  private tuples: Row[] = [];
  private shown: readonly Row[] = [];

  constructor(
    private readonly view: VegaView,
    private readonly dataset: string,
    private readonly names: NamedSpec["names"],
  ) {}

  /** Hand the rows over; false when they are the ones that are shown. */
  exchange(rows: readonly Row[]): boolean {
    const changes = changeset() as Changeset;
    const stays = Math.min(rows.length, this.tuples.length);
    let count = Math.abs(rows.length - this.tuples.length);
    for (let i = 0; i < stays; i++) count += this.alter(changes, i, rows[i] ?? {});
    if (count === 0) return false;
    const more = rows.slice(stays).map((row) => ({ ...row }));
    changes.remove(this.tuples.slice(stays)).insert(more);
    this.tuples = [...this.tuples.slice(0, stays), ...more];
    this.shown = rows;
    this.view.change(this.dataset, changes);
    for (const [signal, field] of Object.entries(this.names)) this.list(signal, [...new Set(rows.map((row) => row[field]))]);
    return true;
  }

  /** Note what differs in one row; how many fields that is. */
  private alter(changes: Changeset, i: number, row: Row): number {
    const [tuple, old] = [this.tuples[i], this.shown[i] ?? {}];
    const differs = Object.keys(row).filter((field) => row[field] !== old[field]);
    for (const field of differs) changes.modify(tuple, field, row[field]);
    return differs.length;
  }

  private list(signal: string, names: unknown[]): void {
    const held = this.view.signal(signal) as unknown[];
    if (held.length !== names.length || held.some((name, i) => name !== names[i])) this.view.signal(signal, names);
  }
}
