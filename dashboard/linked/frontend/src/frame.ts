/** A framed view: its question as the title, its unit, its buttons, and what must be known to read it. */
import { el, iconButton } from "./dom";
import type { Writer } from "./format";
import { type TableOf, TableView } from "./table";

export interface FrameWords {
  name: string;
  title: string;
  unit: string;
  description: string;
}

export class Frame {
  readonly root: HTMLElement;
  readonly body = el("div", { class: "body" });
  readonly tools = el("div", { class: "tools" });
  private readonly notes = el("p", { class: "notes", hidden: true });
  private readonly said = new Map<string, readonly string[]>();
  private readonly tables: TableView[] = [];

  constructor(words: FrameWords) {
    const unit = words.unit ? el("small", {}, words.unit) : null;
    const head = el("header", {}, el("h2", {}, words.title, unit), this.tools);
    const label = `${words.title} ${words.description}`;
    this.root = el("section", { class: "frame", role: "group", "aria-label": label, "data-view": words.name }, head, this.body, this.notes);
  }

  /** A button that opens a table of the view. */
  addTable(of: TableOf, writer: Writer): void {
    const table = new TableView(of, writer);
    const opener = iconButton("table", writer.word("table_of", { title: of.title }), () => table.toggle(opener), { "aria-haspopup": "dialog" });
    this.tables.push(table);
    this.tools.append(opener);
    this.root.append(table.root);
  }

  /** Sentences under the view, from each of those that are drawn in it. */
  note(from: string, sentences: readonly string[] = []): void {
    this.said.set(from, sentences);
    const text = [...this.said.values()].flat().join(" ");
    if (this.notes.textContent !== text) this.notes.textContent = text;
    this.notes.hidden = text === "";
  }

  /** Write open tables anew. */
  renewTables(): void {
    for (const table of this.tables) table.renew();
  }
}
