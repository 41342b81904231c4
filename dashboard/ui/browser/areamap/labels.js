/** Names of districts, where there is room for them. */

import { svg } from "./dom.js";

const SIZE_PX = 12;
const GAP_PX = 3;
/** A name may reach over the sides of its district a little. */
const OVER_PX = 14;

const meet = (a, b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP_PX && Math.abs(a.y - b.y) < SIZE_PX + GAP_PX;

export class Labels {
  group = svg("g", { class: "names", "aria-hidden": "true" });
  #widths = new Map();

  /** `districts`: name, the plane's x and y of its middle, and its box; the largest are written first. */
  draw(districts, view, { width, height }) {
    const written = [];
    const bySize = [...districts].sort((a, b) => b.box.right - b.box.left - (a.box.right - a.box.left));
    for (const { name, x, y, box } of bySize) {
      const one = { name, x: x * view.scale + view.x, y: y * view.scale + view.y, width: this.#widthOf(name) };
      const isInside = one.x > 0 && one.y > 0 && one.x < width && one.y < height;
      const hasRoom = one.width <= (box.right - box.left) * view.scale + OVER_PX;
      if (isInside && hasRoom && !written.some((other) => meet(one, other))) written.push(one);
    }
    this.group.replaceChildren(...written.map((one) => svg("text", { x: one.x.toFixed(1), y: one.y.toFixed(1) }, one.name)));
  }

  #widthOf(name) {
    if (!this.#widths.has(name)) {
      const probe = svg("text", {}, name);
      this.group.append(probe);
      this.#widths.set(name, probe.getComputedTextLength());
      probe.remove();
    }
    return this.#widths.get(name);
  }
}
