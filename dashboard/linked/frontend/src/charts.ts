/** All charts of the page, each in its frame; the strip of coverage stands in the frame of the trend. */
import { Chart } from "./chart";
import { type Marked, tableOf } from "./charttable";
import type { Writer } from "./format";
import { Frame } from "./frame";
import { type Walk, walkThrough } from "./keyboard";
import { type Change, chosen, dragPicks, picked, valueOf } from "./picks";
import type { Tooltip } from "./tooltip";
import type { Answer, ChartMount, Mount } from "./types";

/** In software rendering all charts of a click take half the time on canvas that they take as SVG. */
const HOSTS: Record<string, string> = { coverage: "period" };

export interface ChartHooks {
  change: Change;
  isMarked: Marked;
  say(words: string): void;
  tooltip: Tooltip;
}

interface Drawn {
  chart: Chart;
  frame: Frame;
  walk: Walk;
}

export class Charts {
  readonly frames: Frame[] = [];
  private readonly drawn: Drawn[] = [];
  private readonly observer = new ResizeObserver(() => requestAnimationFrame(() => void this.resize()));

  constructor(
    private readonly mount: Mount,
    private readonly writer: Writer,
    private readonly hooks: ChartHooks,
  ) {
    const frames = new Map<string, Frame>();
    for (const one of mount.charts) {
      const host = HOSTS[one.name] ?? one.name;
      const frame = frames.get(host) ?? new Frame(one);
      frames.set(host, frame);
      this.drawn.push(this.draw(one, frame));
    }
    this.frames.push(...frames.values());
  }

  /** Exchange all rows; resolves when every chart is drawn. */
  async update(answer: Answer): Promise<void> {
    await Promise.all(this.drawn.map(({ chart }) => chart.update(answer.charts[chart.mount.name])));
    for (const { chart, frame, walk } of this.drawn) {
      frame.note(chart.mount.name, answer.charts[chart.mount.name]?.notes);
      walk.renew();
    }
    for (const frame of this.frames) frame.renewTables();
  }

  finalize(): void {
    this.observer.disconnect();
    for (const { chart } of this.drawn) chart.finalize();
  }

  private draw(mount: ChartMount, frame: Frame): Drawn {
    const { change, isMarked, say, tooltip } = this.hooks;
    const chart = new Chart(mount, tooltip, (row, event) => picked(mount, row, event, change));
    chart.surface.dataset["chart"] = mount.name;
    const walk = walkThrough(chart, {
      choose: (items, event) => chosen(mount, items, event, change),
      say,
      state: ({ datum }) => {
        const value = valueOf(mount, datum);
        const isChosen = datum["is_chosen"] === true || (value !== null && isMarked(mount.facet, value));
        return isChosen ? this.writer.word("selected") : "";
      },
      hint: this.writer.word("chart_help"),
    });
    dragPicks(chart, change);
    frame.body.append(chart.surface);
    frame.addTable(tableOf(chart, this.mount, this.writer, isMarked, change), this.writer);
    this.observer.observe(chart.surface);
    return { chart, frame, walk };
  }

  private async resize(): Promise<void> {
    for (const { chart, walk } of this.drawn) {
      await chart.resize();
      walk.renew();
    }
  }
}
