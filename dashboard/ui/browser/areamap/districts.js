/** Districts as buttons on the map: seen, pointed at, walked through with the arrow keys, pressed. */

import { svg } from "./dom.js";
import { boxOf, pathOf } from "./geometry.js";

export const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

const outline = (districts) => districts.map(({ path }) => path.getAttribute("d")).join("");

export class Districts {
  #buttons = svg("g");
  #chosen = svg("path", { class: "chosen" });
  #focused = svg("path", { class: "focused" });
  /** Outlines lie over all districts, or the neighbours would paint over half of them. */
  group = svg("g", { class: "districts" }, this.#buttons, this.#chosen, this.#focused);
  all = [];

  /** `features` in lon/lat; `known`: code, name and a place inside, from Python. */
  show(features, known, plane) {
    const geometries = new Map(features.map(({ properties, geometry }) => [properties.code, geometry]));
    this.all = known
      .filter(({ code }) => geometries.get(code))
      .map(({ code, name, at: [lon, lat] }) => {
        const geometry = geometries.get(code);
        const path = svg("path", { d: pathOf(geometry, plane), role: "button", tabindex: -1, "data-code": code });
        return { code, name, path, x: plane.x(lon), y: plane.y(lat), box: boxOf(geometry, plane) };
      });
    this.#buttons.replaceChildren(...this.all.map(({ path }) => path));
  }

  of(target) {
    const code = target?.dataset?.code;
    return code === undefined ? undefined : this.all.find((one) => one.code === code);
  }

  /** Mark what is chosen, what has a role, and the one that Tab comes to (none while a surface is drawn). */
  mark(chosen, roles, legend, isChoosing) {
    const focused = this.of(this.group.getRootNode().activeElement);
    const stop = focused ?? this.all.find(({ path }) => path.tabIndex === 0) ?? this.all.find(({ code }) => chosen.has(code)) ?? this.all[0];
    for (const one of this.all) {
      const role = roles[one.code] ?? "";
      one.path.setAttribute("aria-pressed", String(chosen.has(one.code)));
      one.path.setAttribute("aria-label", role ? `${one.name}, ${legend[role]}` : one.name);
      one.path.dataset.role = role;
      one.path.setAttribute("tabindex", isChoosing && one === stop ? 0 : -1);
    }
    this.#chosen.setAttribute("d", outline(this.all.filter(({ code }) => chosen.has(code))));
  }

  /** Show which one the keyboard is at; undefined: none. */
  markFocused(one) {
    this.#focused.setAttribute("d", outline(one ? [one] : []));
  }

  /** The nearest district in the direction of an arrow key. */
  beside(from, key) {
    const [dx, dy] = ARROWS[key] ?? [0, 0];
    let nearest;
    for (const one of this.all) {
      const [x, y] = [one.x - from.x, one.y - from.y];
      const [along, across] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
      const cost = along + 2 * across;
      if (along > 0 && across <= 2 * along && (!nearest || cost < nearest.cost)) nearest = { one, cost };
    }
    return nearest?.one;
  }

  focus(one) {
    for (const { path } of this.all) path.setAttribute("tabindex", path === one.path ? 0 : -1);
    one.path.focus();
  }
}
