/** Key figures in a row: a large number, and in small what it was before. */
import { el } from "./dom";
import type { Writer } from "./format";
import type { Answer, FigureMount } from "./types";

export class Figures {
  readonly root: HTMLElement;
  private readonly cards: { value: HTMLElement; comparison: HTMLElement }[];

  constructor(mount: FigureMount[], writer: Writer) {
    this.cards = mount.map(() => ({ value: el("dd", { class: "value" }, "\u2007"), comparison: el("dd", { class: "comparison" }, "\u2007") }));
    const groups = mount.map(({ name, label, help }, i) => {
      const card = this.cards[i];
      return el("div", { "data-figure": name, title: help }, el("dt", {}, label), card?.value, card?.comparison);
    });
    const list = el("dl", {}, ...groups);
    this.root = el("section", { class: "frame figures", role: "group", "aria-label": writer.word("figures"), "data-view": "figures" }, list);
  }

  update(answer: Answer): void {
    answer.figures.forEach(({ value, comparison }, i) => {
      const card = this.cards[i];
      if (!card) return;
      if (card.value.textContent !== value) card.value.textContent = value;
      if (card.comparison.textContent !== comparison) card.comparison.textContent = comparison;
    });
  }
}
