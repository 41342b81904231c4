/** The hand that draws a surface: with the mouse, with a finger, with the keyboard. */

import { ARROWS } from "./districts.js";
import { Sketch } from "./sketch.js";

const STEP_PX = 16;
const FINE_PX = 2;

export class Pen {
  sketch = new Sketch();
  /** Places on the screen: of the mouse, and of the cross that the arrow keys move. */
  pointer = null;
  cross = null;
  #camera;
  #on;

  /** `on`: changed() when there is something to show, done() when a whole surface has changed, left() when drawing is over. */
  constructor(camera, on) {
    this.#camera = camera;
    this.#on = on;
  }

  /** Begin or end to draw; a surface that is not whole is not kept. */
  lift() {
    this.cross = null;
    if (this.sketch.isBegun) this.sketch.clear();
  }

  remove() {
    const wasWhole = this.sketch.isClosed;
    this.sketch.clear();
    if (wasWhole) this.#on.done();
    else this.#on.changed();
  }

  tap(place, target, isSecond) {
    this.cross = null;
    const corner = target?.dataset?.corner;
    if (isSecond || corner === "0") this.#close();
    else if (corner === undefined) this.#add(place);
  }

  hover(place) {
    this.pointer = place;
  }

  /** What dragging a corner does; null: there is none. */
  grab(target) {
    const corner = target?.dataset?.corner;
    if (corner === undefined) return null;
    return (place, isLast) => {
      this.sketch.move(Number(corner), this.#camera.lonLat(place));
      if (isLast && this.sketch.isClosed) this.#on.done();
      else this.#on.changed();
    };
  }

  /** Whether a key was ours. */
  key({ key, ctrlKey, metaKey, shiftKey }) {
    if (key === "Backspace" || ctrlKey || metaKey) this.sketch.takeBack();
    else if (key === "Enter") this.#close();
    else if (key === "Escape") this.#cancel();
    else if (key === " ") this.#add(this.cross ?? this.#camera.middle);
    else if (key in ARROWS) this.#moveCross(ARROWS[key], shiftKey ? FINE_PX : STEP_PX);
    else return false;
    this.#on.changed();
    return true;
  }

  #add(place) {
    if (!this.#camera.view) return;
    this.sketch.add(this.#camera.lonLat(place));
    this.#on.changed();
  }

  #close() {
    if (this.sketch.close()) this.#on.done();
  }

  #cancel() {
    if (this.sketch.isBegun) this.lift();
    else this.#on.left();
  }

  #moveCross([dx, dy], step) {
    const [x, y] = this.cross ?? this.#camera.middle;
    this.pointer = null;
    this.cross = [x + dx * step, y + dy * step];
  }
}
