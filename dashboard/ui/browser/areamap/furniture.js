/** What stands over and under the map: buttons, legend, scale bar, the line that says what to do. */

import { barFor } from "./plane.js";
import { button, el, iconButton } from "./dom.js";

const BAR_PX = 110;
const KILOMETRE = 1000;

export class Furniture {
  choose;
  draw;
  remove;
  tools;
  zoom;
  legend = el("ul", { class: "legend" });
  bar = el("div", { class: "bar", "aria-hidden": "true" });
  tip = el("div", { class: "tip", "aria-hidden": "true" });
  hint = el("p", { class: "hint", role: "status" });
  problem = el("p", { class: "problem", role: "alert" });

  constructor(words, on) {
    this.choose = button(words.choose, () => on.use("choose"));
    this.draw = button(words.draw, () => on.use("draw"));
    this.remove = button(words.remove, on.remove, { class: "remove" });
    this.tools = el("div", { class: "tools" }, el("div", { class: "segments" }, this.choose, this.draw), this.remove);
    const signs = { zoom_in: () => on.zoom(2), zoom_out: () => on.zoom(1 / 2), whole_map: on.whole };
    this.zoom = el("div", { class: "zoom" }, ...Object.entries(signs).map(([name, act]) => iconButton(name, words[name], act)));
  }

  show({ words, legend, problem }, { tool, sketch }) {
    for (const name of ["choose", "draw"]) this[name].setAttribute("aria-pressed", String(tool === name));
    for (const name of ["choose", "draw", "remove"]) this[name].textContent = words[name];
    this.remove.hidden = !sketch.corners.length;
    const step = tool === "choose" ? "choose" : sketch.isClosed ? "adjust" : sketch.canClose ? "close" : "draw";
    this.#say(this.hint, words[`hint_${step}`]);
    this.#say(this.problem, sketch.isClosed ? problem : "");
    const lines = Object.entries(legend).map(([role, label]) => el("li", { "data-role": role }, el("i"), label));
    this.legend.replaceChildren(...lines);
    this.legend.hidden = !lines.length;
  }

  measure(view) {
    const { metres, px } = barFor(view.scale, BAR_PX);
    this.bar.style.width = `${px}px`;
    this.bar.textContent = metres < KILOMETRE ? `${metres} m` : `${metres / KILOMETRE} km`;
  }

  /** The name of a district near a place on the screen; no name: away. */
  point(words, place, width) {
    this.tip.hidden = !words;
    if (!words) return;
    const [x, y] = place;
    this.tip.textContent = words;
    const left = Math.min(x + 14, width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${Math.max(left, 4)}px, ${Math.max(y - 34, 4)}px)`;
  }

  #say(line, words) {
    line.hidden = !words;
    if (line.textContent !== words) line.textContent = words;
  }
}
