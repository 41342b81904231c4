/** How the drawn surface looks: its sides, its corners, and the side that would come next. */

import { svg } from "./dom.js";

const CORNER_PX = 6;
/** What a finger hits. */
const GRIP_PX = 16;

export class Surface {
  shape = svg("path", { class: "surface" });
  next = svg("path", { class: "next" });
  cross = svg("path", { class: "cross", d: "M-9 0H9M0 -9V9" });
  corners = svg("g", { class: "corners" });
  group = svg("g", { class: "drawing" }, this.shape, this.next, this.corners, this.cross);

  /** `at`: [lon, lat] to [x, y] on the screen. */
  draw({ sketch, pointer, cross }, at, { isDrawing, isRefused }) {
    const places = sketch.corners.map(at);
    const line = places.map((place) => place.join(" ")).join("L");
    this.shape.setAttribute("d", places.length ? `M${line}${sketch.isClosed ? "Z" : ""}` : "");
    this.shape.classList.toggle("refused", isRefused);
    this.shape.classList.toggle("open", !sketch.isClosed);
    const last = places.at(-1);
    const to = pointer ?? cross;
    this.next.setAttribute("d", isDrawing && sketch.isBegun && to ? `M${last.join(" ")}L${to.join(" ")}` : "");
    this.cross.setAttribute("visibility", isDrawing && cross ? "visible" : "hidden");
    if (cross) this.cross.setAttribute("transform", `translate(${cross.join(" ")})`);
    this.corners.replaceChildren(...(isDrawing ? places.map((place, index) => this.#corner(place, index, sketch)) : []));
  }

  #corner([x, y], index, sketch) {
    const closes = index === 0 && sketch.canClose;
    const grip = svg("circle", { class: "grip", cx: x, cy: y, r: GRIP_PX, "data-corner": index });
    const dot = svg("circle", { class: closes ? "dot closes" : "dot", cx: x, cy: y, r: closes ? CORNER_PX + 2 : CORNER_PX });
    return svg("g", {}, dot, grip);
  }
}
