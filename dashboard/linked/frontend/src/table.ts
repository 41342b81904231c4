/** The table of a view: the same content as text, to read, to choose from, to take along. */
import { csv } from "./csv";
import { button, download, el, iconButton, placeBy } from "./dom";
import { type Writer, fileStem } from "./format";

export interface TableCell {
  text: string;
  /** What the file holds, where it is not the text. */
  value?: number | string | null;
  isNumber?: boolean;
}

export interface TableRow {
  cells: TableCell[];
  /** Chosen with a button in the first cell; absent: the row cannot be chosen. */
  pick?: { code: string; name: string; isSelected: boolean; toggle: (event: MouseEvent) => void } | undefined;
}

export interface TableOf {
  title: string;
  locale: string;
  header(): string[];
  rows(): TableRow[];
  /** The view as a picture; absent: none can be made. */
  picture?: () => Promise<Blob>;
}

export const EXPORTED = "exported";

/** What was taken along: the kind of file, its rows, and the view it is of. */
export interface Exported {
  kind: "csv" | "png";
  rows: number;
  title: string;
}

export class TableView {
  readonly root = el("dialog", { class: "sheet", popover: "auto" });
  private readonly place = el("div", { class: "scroll", tabindex: 0 });

  constructor(
    private readonly of: TableOf,
    private readonly writer: Writer,
  ) {
    this.root.setAttribute("aria-label", of.title);
    this.place.setAttribute("aria-label", of.title);
    this.place.setAttribute("role", "region");
    const close = iconButton("close", writer.word("close"), () => this.root.hidePopover());
    const tools = el("footer", {}, button(writer.word("csv"), () => this.saveCsv()));
    if (of.picture) tools.append(button(writer.word("picture"), () => void this.savePicture()));
    this.root.append(el("header", {}, el("h3", {}, of.title), close), this.place, tools);
  }

  toggle(opener: Element): void {
    if (this.isOpen) return this.root.hidePopover();
    this.write();
    this.root.showPopover();
    placeBy(this.root, opener);
    this.root.querySelector<HTMLElement>("td button, .scroll")?.focus();
  }

  /** Write it anew if it is open, and keep the focus where it was. */
  renew(): void {
    if (!this.isOpen) return;
    const focused = (this.root.getRootNode() as ShadowRoot).activeElement?.closest("[data-code]")?.getAttribute("data-code");
    const scrolled = this.place.scrollTop;
    this.write();
    this.place.scrollTop = scrolled;
    if (focused) this.root.querySelector<HTMLElement>(`[data-code="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  }

  private get isOpen(): boolean {
    return this.root.matches(":popover-open");
  }

  private write(): void {
    const rows = this.of.rows();
    const isNumber = (column: number): boolean => rows.some((row) => row.cells[column]?.isNumber);
    const names = this.of.header().map((name, i) => el("th", { scope: "col", class: isNumber(i) && "number" }, name));
    const body = el("tbody", {}, ...rows.map((row) => this.row(row)));
    this.place.replaceChildren(el("table", {}, el("thead", {}, el("tr", {}, ...names)), body));
  }

  private row(row: TableRow): HTMLTableRowElement {
    const [first, ...others] = row.cells;
    const cells = others.map((cell) => el("td", { class: cell.isNumber && "number" }, cell.text));
    if (!row.pick) return el("tr", {}, el("th", { scope: "row" }, first?.text ?? ""), ...cells);
    const { code, name, isSelected, toggle } = row.pick;
    const label = this.writer.word(isSelected ? "deselect" : "select", { name });
    const choose = button(first?.text ?? "", toggle, { "aria-pressed": isSelected, "aria-label": label, title: label });
    return el("tr", { "data-code": code, "data-selected": isSelected }, el("th", { scope: "row" }, choose), ...cells);
  }

  private saveCsv(): void {
    const rows = this.of.rows().map((row) => row.cells.map((cell) => (cell.isNumber ? (cell.value ?? null) : cell.text)));
    const text = csv(this.of.header(), rows, this.of.locale);
    download(`${fileStem(this.of.title)}.csv`, new Blob([text], { type: "text/csv;charset=utf-8" }));
    this.tell("csv", rows.length);
  }

  private async savePicture(): Promise<void> {
    if (!this.of.picture) return;
    download(`${fileStem(this.of.title)}.png`, await this.of.picture());
    this.tell("png", this.of.rows().length);
  }

  /** Whoever holds the component tells the server's log what was taken along. */
  private tell(kind: Exported["kind"], rows: number): void {
    const detail: Exported = { kind, rows, title: this.of.title };
    this.root.dispatchEvent(new CustomEvent(EXPORTED, { bubbles: true, detail }));
  }
}
