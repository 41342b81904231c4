/** The line above the views: period, set of districts, and every active filter as a chip that can be taken away. */
import { button, el, icon, placeBy } from "./dom";
import type { Writer } from "./format";
import { presetPeriod } from "./period";
import type { Change } from "./picks";
import { cleared, removed, withAreaSet, withPeriod, without } from "./query";
import type { Answer, Chip, InterventionAnswer, Mount, PeriodAnswer } from "./types";

export class FilterBar {
  readonly root: HTMLElement;
  private readonly presets: HTMLButtonElement[];
  private readonly first = el("input", { type: "date", name: "first", required: true });
  private readonly last = el("input", { type: "date", name: "last", required: true });
  private readonly words = el("p", { class: "period" });
  private readonly chips = el("div", { class: "chips", "data-view": "chips", role: "group" });
  private readonly sets: HTMLSelectElement | null;
  private period: PeriodAnswer | null = null;
  private written = "";

  constructor(
    private readonly mount: Mount,
    private readonly writer: Writer,
    private readonly change: Change,
  ) {
    this.presets = mount.presets.map(({ name, label, days }) =>
      button(label, (event) => this.take(days ?? null, event), { "data-preset": name, "aria-pressed": "false" }),
    );
    const segments = el("div", { class: "segments", role: "group", "aria-label": writer.word("period") }, ...this.presets);
    this.chips.setAttribute("aria-label", writer.word("filters"));
    this.sets = mount.area_sets.length > 1 ? this.areaSets() : null;
    this.root = el("div", { class: "filter", "data-view": "filter" }, segments, ...this.ownPeriod(), this.sets, this.words, this.chips);
  }

  update(answer: Answer, areaSet: string | null): void {
    this.period = answer.period;
    const { preset, first, last, known_first, known_last, text, compared } = answer.period;
    for (const one of this.presets) one.setAttribute("aria-pressed", String(one.dataset["preset"] === preset));
    for (const [input, day] of [[this.first, first], [this.last, last]] as const) {
      if (input.value !== day && !input.matches(":focus")) input.value = day;
      input.min = known_first < first ? known_first : first;
      input.max = known_last > last ? known_last : last;
    }
    this.words.textContent = [text, compared].filter(Boolean).join(" ");
    if (this.sets && areaSet !== null) this.sets.value = areaSet;
    this.writeChips(answer);
  }

  private take(days: number | null, event: Event): void {
    const period = this.period;
    if (!period) return;
    const known = { first: period.known_first, last: period.known_last };
    this.change((selection) => withPeriod(selection, presetPeriod(days, known)), event);
  }

  private ownPeriod(): HTMLElement[] {
    const word = this.writer.word;
    const form = el(
      "form",
      { class: "sheet days", popover: "auto", "aria-label": word("own_period") },
      el("label", {}, word("first_day"), this.first),
      el("label", {}, word("last_day"), this.last),
      el("button", { type: "submit", class: "main" }, word("apply")),
    );
    const opener = button("", () => {
      form.togglePopover();
      placeBy(form, opener);
    }, { class: "own", "aria-haspopup": "dialog" });
    opener.append(icon("calendar"), word("own_period"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [first = "", last = ""] = [this.first.value, this.last.value].sort();
      form.hidePopover();
      this.change((selection) => withPeriod(selection, { first, last }), event);
    });
    return [opener, form];
  }

  private areaSets(): HTMLSelectElement {
    const options = this.mount.area_sets.map(({ id, label }) => el("option", { value: id }, label));
    const select = el("select", { "aria-label": this.writer.word("area_set") }, ...options);
    select.addEventListener("change", (event) => this.change((selection) => withAreaSet(selection, select.value), event));
    return select;
  }

  private writeChips({ chips, intervention }: Answer): void {
    const text = JSON.stringify([chips, intervention]);
    if (text === this.written) return;
    this.written = text;
    const hadFocus = this.chips.matches(":focus-within");
    const all = button(this.writer.word("clear_all"), (event) => this.change(cleared, event), { class: "text", "data-clear": "all" });
    const hint = el("p", {}, this.writer.word("no_filters"));
    const shown = [...chips.map((chip) => this.chip(chip)), ...(intervention ? [this.link(intervention)] : []), all];
    this.chips.replaceChildren(...(chips.length ? shown : [hint]));
    if (hadFocus) (this.chips.querySelector("button") ?? this.presets[0])?.focus();
  }

  private link({ title, href, sentence }: InterventionAnswer): HTMLElement {
    const link = el("a", { href, "data-link": "intervention" }, this.writer.word("see_evaluation", { title }));
    return el("p", { class: "intervention" }, link, sentence ? ` ${sentence}` : "");
  }

  private chip({ facet, value, label }: Chip): HTMLButtonElement {
    const remove = this.writer.word("remove_filter", { label });
    const take = (event: Event): void =>
      this.change((selection) => (value === null ? without(selection, facet) : removed(selection, facet, value)), event);
    const made = button(label, take, { class: "chip", "data-facet": facet, "data-code": value ?? "", "aria-label": remove, title: remove });
    made.append(icon("close"));
    return made;
  }
}
